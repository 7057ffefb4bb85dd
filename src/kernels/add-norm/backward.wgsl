// Gradient of residual and layer norm with respect to the sum, one thread a row; the row's moments are computed anew from the sum:
//   g = dy·weight, dSum = (g − mean(g) − x̂·mean(g·x̂))/√(variance + 1e-5) + what comes to the sum itself,
// and x̂ for the gradient of the weight.
struct Sizes { rows: u32, length: u32, across: u32 }
@group(0) @binding(#) var<storage, read> dy: array<f32>;            // [rows, length]
@group(0) @binding(#) var<storage, read> direct: array<f32>;        // [rows, length], upstream gradient of the sum
@group(0) @binding(#) var<storage, read> sum: array<f32>;           // [rows, length]
@group(0) @binding(#) var<storage, read> weight: array<f32>;        // [length]
@group(0) @binding(#) var<storage, read_write> dSum: array<f32>;    // [rows, length]
@group(0) @binding(#) var<storage, read_write> normal: array<f32>;  // [rows, length]
@group(0) @binding(#) var<uniform> sizes: Sizes;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let row = id.x + id.y * sizes.across;
  if (row >= sizes.rows) { return; }
  let start = row * sizes.length;
  let count = f32(sizes.length);
  var total = 0.0;
  for (var i = start; i < start + sizes.length; i++) { total += sum[i]; }
  let mean = total / count;
  var squares = 0.0;
  for (var i = start; i < start + sizes.length; i++) {
    let centred = sum[i] - mean;
    squares += centred * centred;
  }
  let scale = 1.0 / sqrt(squares / count + 1e-5);
  var gradients = 0.0;
  var along = 0.0;
  for (var i = 0u; i < sizes.length; i++) {
    let at = start + i;
    let g = dy[at] * weight[i];
    let unit = (sum[at] - mean) * scale;
    normal[at] = unit;
    gradients += g;
    along += g * unit;
  }
  let level = gradients / count;
  let slope = along / count;
  for (var i = 0u; i < sizes.length; i++) {
    let at = start + i;
    dSum[at] = (dy[at] * weight[i] - level - normal[at] * slope) * scale + direct[at];
  }
}
