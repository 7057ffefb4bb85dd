// Gradient of layer norm with respect to its input, one thread a row: with g = dy·weight,
//   dx = (g − mean(g) − x̂·mean(g·x̂)) / √(variance + 1e-5).
// The gradients of weight and bias are the column sums of dy·x̂ and dy (kernels/column-sum).
struct Sizes { rows: u32, length: u32, across: u32 }
@group(0) @binding(#) var<storage, read> dy: array<f32>;             // [rows, length]
@group(0) @binding(#) var<storage, read> weight: array<f32>;         // [length]
@group(0) @binding(#) var<storage, read> normal: array<f32>;         // [rows, length]
@group(0) @binding(#) var<storage, read> inverse: array<f32>;        // [rows]
@group(0) @binding(#) var<storage, read_write> dx: array<f32>;       // [rows, length]
@group(0) @binding(#) var<uniform> sizes: Sizes;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let row = id.x + id.y * sizes.across;
  if (row >= sizes.rows) { return; }
  let start = row * sizes.length;
  var sum = 0.0;
  var along = 0.0;
  for (var i = 0u; i < sizes.length; i++) {
    let g = dy[start + i] * weight[i];
    sum += g;
    along += g * normal[start + i];
  }
  let mean = sum / f32(sizes.length);
  let slope = along / f32(sizes.length);
  for (var i = 0u; i < sizes.length; i++) {
    let at = start + i;
    dx[at] = (dy[at] * weight[i] - mean - normal[at] * slope) * inverse[row];
  }
}
