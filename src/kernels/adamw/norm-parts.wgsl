// Sums of squares of a long gradient: thread i adds the values i, i + THREADS, i + 2·THREADS, …
struct Sizes { count: u32 }
@group(0) @binding(#) var<storage, read> gradient: array<f32>;      // [count]
@group(0) @binding(#) var<storage, read_write> parts: array<f32>;   // [THREADS]
@group(0) @binding(#) var<uniform> sizes: Sizes;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  var sum = 0.0;
  for (var i = id.x; i < sizes.count; i += THREADS) { sum += gradient[i] * gradient[i]; }
  parts[id.x] = sum;
}
