// Residual, dropout and layer norm in one pass, one thread a row:
//   sum = x + branch·factor, y = (sum − mean)/√(variance + 1e-5)·weight + bias
struct Sizes { rows: u32, length: u32, across: u32, seed: u32, threshold: u32, scale: f32, first: u32 }
@group(0) @binding(#) var<storage, read> x: array<f32>;          // [rows, length]
@group(0) @binding(#) var<storage, read> branch: array<f32>;     // [rows, length]
@group(0) @binding(#) var<storage, read> weight: array<f32>;     // [length]
@group(0) @binding(#) var<storage, read> bias: array<f32>;       // [length]
@group(0) @binding(#) var<storage, read_write> sum: array<f32>;  // [rows, length]
@group(0) @binding(#) var<storage, read_write> y: array<f32>;    // [rows, length]
@group(0) @binding(#) var<uniform> sizes: Sizes;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let row = id.x + id.y * sizes.across;
  if (row >= sizes.rows) { return; }
  let start = row * sizes.length;
  let count = f32(sizes.length);
  var total = 0.0;
  for (var i = start; i < start + sizes.length; i++) {
    //#if DROP
    let value = x[i] + branch[i] * dropout_factor(sizes.seed, sizes.threshold, sizes.scale, sizes.first + i);
    //#else
    let value = x[i] + branch[i];
    //#end
    sum[i] = value;
    total += value;
  }
  let mean = total / count;
  var squares = 0.0;
  for (var i = start; i < start + sizes.length; i++) {
    let centred = sum[i] - mean;
    squares += centred * centred;
  }
  let scale = 1.0 / sqrt(squares / count + 1e-5);
  for (var i = 0u; i < sizes.length; i++) { y[start + i] = (sum[start + i] - mean) * scale * weight[i] + bias[i]; }
}
