// y = gelu(x), or dx = dy·gelu'(x); one thread an element. Constants: BACKWARD.
struct Sizes { count: u32, across: u32 }
@group(0) @binding(#) var<storage, read> x: array<f32>;
//#if BACKWARD
@group(0) @binding(#) var<storage, read> dy: array<f32>;
//#end
@group(0) @binding(#) var<storage, read_write> result: array<f32>;
@group(0) @binding(#) var<uniform> sizes: Sizes;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = id.x + id.y * sizes.across;
  if (i >= sizes.count) { return; }
  //#if BACKWARD
  result[i] = dy[i] * gelu_slope(x[i]);
  //#else
  result[i] = gelu(x[i]);
  //#end
}
