// Gradient of one row of one head through dropout, GELU and layer norm, in a workgroup. With n = x̂·weight + bias, dn = dy·factor·gelu'(n), g = dn·weight:
//   dz = (g − mean(g) − x̂·mean(g·x̂))/√(variance + 1e-5).
// Where LAST, dy comes from the gradients of the head's outputs through their weights. Constants: THREADS, DROP, LAST, OUTPUTS0, OUTPUTS1.
struct Sizes {
  rows: u32, width: u32, seed0: u32, seed1: u32, threshold: u32, scale: f32, first: u32,
  gain0: u32, gain1: u32, shift0: u32, shift1: u32, weight0: u32, weight1: u32,
}
//#if LAST
@group(0) @binding(#) var<storage, read> dOutputs0: array<f32>;    // [rows, OUTPUTS0]
@group(0) @binding(#) var<storage, read> dOutputs1: array<f32>;    // [rows, OUTPUTS1]
//#else
@group(0) @binding(#) var<storage, read> dy: array<f32>;           // [2, rows, width]
//#end
@group(0) @binding(#) var<storage, read> normal: array<f32>;       // [2, rows, width]
@group(0) @binding(#) var<storage, read> inverse: array<f32>;      // [2, rows]
@group(0) @binding(#) var<storage, read> values: array<f32>;
@group(0) @binding(#) var<storage, read_write> dn: array<f32>;     // [2, rows, width]
@group(0) @binding(#) var<storage, read_write> dz: array<f32>;     // [2, rows, width]
@group(0) @binding(#) var<uniform> sizes: Sizes;

// Of each thread: sums of g and of g·x̂.
var<workgroup> sums: array<vec2<f32>, THREADS>;

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) t: u32) {
  let row = group.x;
  let isFirst = group.y == 0u;
  let start = (group.y * sizes.rows + row) * sizes.width;
  let gain = select(sizes.gain1, sizes.gain0, isFirst);
  let shift = select(sizes.shift1, sizes.shift0, isFirst);
  let seed = select(sizes.seed1, sizes.seed0, isFirst);
  let weight = select(sizes.weight1, sizes.weight0, isFirst);
  var own = vec2<f32>();
  for (var i = t; i < sizes.width; i += THREADS) {
    let at = start + i;
    let unit = normal[at];
    //#if LAST
    var gradient = 0.0;
    if (isFirst) {
      for (var output = 0u; output < OUTPUTS0; output++) {
        gradient += dOutputs0[row * OUTPUTS0 + output] * values[weight + output * sizes.width + i];
      }
    } else {
      for (var output = 0u; output < OUTPUTS1; output++) {
        gradient += dOutputs1[row * OUTPUTS1 + output] * values[weight + output * sizes.width + i];
      }
    }
    //#else
    var gradient = dy[at];
    //#end
    //#if DROP
    gradient *= dropout_factor(seed, sizes.threshold, sizes.scale, sizes.first + row * sizes.width + i);
    //#end
    gradient *= gelu_slope(unit * values[gain + i] + values[shift + i]);
    dn[at] = gradient;
    let g = gradient * values[gain + i];
    own += vec2<f32>(g, g * unit);
  }
  sums[t] = own;
  workgroupBarrier();
  var total = vec2<f32>();
  for (var i = 0u; i < THREADS; i++) { total += sums[i]; }
  total /= f32(sizes.width);
  let scale = inverse[group.y * sizes.rows + row];
  for (var i = t; i < sizes.width; i += THREADS) {
    let at = start + i;
    dz[at] = (dn[at] * values[gain + i] - total.x - normal[at] * total.y) * scale;
  }
}
