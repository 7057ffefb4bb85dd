// Layer norm along rows, one thread a row: x̂ = (x − mean)/√(variance + 1e-5), y = x̂·weight + bias. Keeps x̂ and 1/√ for the backward.
struct Sizes { rows: u32, length: u32, across: u32 }
@group(0) @binding(0) var<storage, read> x: array<f32>;             // [rows, length]
@group(0) @binding(1) var<storage, read> weight: array<f32>;        // [length]
@group(0) @binding(2) var<storage, read> bias: array<f32>;          // [length]
@group(0) @binding(3) var<storage, read_write> y: array<f32>;       // [rows, length]
@group(0) @binding(4) var<storage, read_write> normal: array<f32>;  // [rows, length]
@group(0) @binding(5) var<storage, read_write> inverse: array<f32>; // [rows]
@group(0) @binding(6) var<uniform> sizes: Sizes;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let row = id.x + id.y * sizes.across;
  if (row >= sizes.rows) { return; }
  let start = row * sizes.length;
  let count = f32(sizes.length);
  var sum = 0.0;
  for (var i = 0u; i < sizes.length; i++) { sum += x[start + i]; }
  let mean = sum / count;
  var squares = 0.0;
  for (var i = 0u; i < sizes.length; i++) {
    let centred = x[start + i] - mean;
    squares += centred * centred;
  }
  let scale = 1.0 / sqrt(squares / count + 1e-5);
  inverse[row] = scale;
  for (var i = 0u; i < sizes.length; i++) {
    let value = (x[start + i] - mean) * scale;
    normal[start + i] = value;
    y[start + i] = value * weight[i] + bias[i];
  }
}
