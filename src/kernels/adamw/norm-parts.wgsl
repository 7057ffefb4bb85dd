// Sums of squares of a long gradient, four values at a time: thread i adds the fours i, i + THREADS, i + 2·THREADS, …
struct Sizes { quads: u32 }
@group(0) @binding(#) var<storage, read> gradient: array<vec4<f32>>; // [quads]
@group(0) @binding(#) var<storage, read_write> parts: array<f32>;    // [THREADS]
@group(0) @binding(#) var<uniform> sizes: Sizes;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  var sum = 0.0;
  for (var i = id.x; i < sizes.quads; i += THREADS) { sum += dot(gradient[i], gradient[i]); }
  parts[id.x] = sum;
}
