// Layer norm, GELU and dropout of one row of one head in a workgroup: x̂ = (z − mean)/√(variance + 1e-5), y = gelu(x̂·weight + bias)·factor,
// and where LAST the row's outputs y·Wᵀ + b. Keeps x̂ and 1/√ for the backward pass. Parameters lie in `values` at their offsets.
// Constants: THREADS, DROP, LAST, OUTPUTS0 and OUTPUTS1 (outputs of the two heads), MOST (the larger).
struct Sizes {
  rows: u32, width: u32, seed0: u32, seed1: u32, threshold: u32, scale: f32, first: u32,
  gain0: u32, gain1: u32, shift0: u32, shift1: u32, weight0: u32, weight1: u32, bias0: u32, bias1: u32,
}
@group(0) @binding(#) var<storage, read> z: array<f32>;              // [2, rows, width]
@group(0) @binding(#) var<storage, read> values: array<f32>;
@group(0) @binding(#) var<storage, read_write> y: array<f32>;        // [2, rows, width]
@group(0) @binding(#) var<storage, read_write> normal: array<f32>;   // [2, rows, width]
@group(0) @binding(#) var<storage, read_write> inverse: array<f32>;  // [2, rows]
//#if LAST
@group(0) @binding(#) var<storage, read_write> outputs0: array<f32>; // [rows, OUTPUTS0]
@group(0) @binding(#) var<storage, read_write> outputs1: array<f32>; // [rows, OUTPUTS1]
//#end
@group(0) @binding(#) var<uniform> sizes: Sizes;

// Of each thread: how many values, their mean and the sum of squares about it.
var<workgroup> moments: array<vec3<f32>, THREADS>;
//#if LAST
var<workgroup> products: array<f32, MOST * THREADS>;
//#end

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) t: u32) {
  let row = group.x;
  let isFirst = group.y == 0u;
  let start = (group.y * sizes.rows + row) * sizes.width;
  var sum = 0.0;
  var count = 0.0;
  for (var i = t; i < sizes.width; i += THREADS) {
    sum += z[start + i];
    count += 1.0;
  }
  let own = sum / max(count, 1.0);
  var squares = 0.0;
  for (var i = t; i < sizes.width; i += THREADS) {
    let centred = z[start + i] - own;
    squares += centred * centred;
  }
  moments[t] = vec3<f32>(count, own, squares);
  workgroupBarrier();
  var total = 0.0;
  for (var i = 0u; i < THREADS; i++) { total += moments[i].x * moments[i].y; }
  let mean = total / f32(sizes.width);
  var spread = 0.0;
  for (var i = 0u; i < THREADS; i++) {
    let apart = moments[i].y - mean;
    spread += moments[i].z + moments[i].x * apart * apart;
  }
  let scale = 1.0 / sqrt(spread / f32(sizes.width) + 1e-5);
  if (t == 0u) { inverse[group.y * sizes.rows + row] = scale; }
  let gain = select(sizes.gain1, sizes.gain0, isFirst);
  let shift = select(sizes.shift1, sizes.shift0, isFirst);
  let seed = select(sizes.seed1, sizes.seed0, isFirst);
  for (var i = t; i < sizes.width; i += THREADS) {
    let unit = (z[start + i] - mean) * scale;
    normal[start + i] = unit;
    var result = gelu(unit * values[gain + i] + values[shift + i]);
    //#if DROP
    result *= dropout_factor(seed, sizes.threshold, sizes.scale, sizes.first + row * sizes.width + i);
    //#end
    y[start + i] = result;
  }
  //#if LAST
  let outputs = select(OUTPUTS1, OUTPUTS0, isFirst);
  let weight = select(sizes.weight1, sizes.weight0, isFirst);
  for (var output = 0u; output < outputs; output++) {
    var product = 0.0;
    for (var i = t; i < sizes.width; i += THREADS) { product += y[start + i] * values[weight + output * sizes.width + i]; }
    products[output * THREADS + t] = product;
  }
  workgroupBarrier();
  if (t >= outputs) { return; }
  var result = values[select(sizes.bias1, sizes.bias0, isFirst) + t];
  for (var i = 0u; i < THREADS; i++) { result += products[t * THREADS + i]; }
  if (isFirst) { outputs0[row * OUTPUTS0 + t] = result; } else { outputs1[row * OUTPUTS1 + t] = result; }
  //#end
}
