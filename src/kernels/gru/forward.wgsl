// One GRU layer (reset-after) over all times in one dispatch. A workgroup holds four samples and one thread a unit.
//   r, z = σ(x + W·h), q = W_n·h + b_n, n = tanh(x_n + r·q), h' = n + z·(h − n)
// Constants: HIDDEN.
struct Sizes { time: u32, batch: u32 }
@group(0) @binding(0) var<storage, read> products: array<f32>;      // [batch, time, 3·hidden], input products with input bias
@group(0) @binding(1) var<storage, read> weight: array<vec4<f32>>;  // [from, to] of gates r z n, fourth lane unused
@group(0) @binding(2) var<storage, read> bias: array<f32>;          // [3·hidden], of the hidden products
@group(0) @binding(3) var<storage, read_write> states: array<f32>;  // [batch, time, hidden]
@group(0) @binding(4) var<storage, read_write> gates: array<f32>;   // [batch, time, 4·hidden]: r, z, n, q
@group(0) @binding(5) var<uniform> sizes: Sizes;

var<workgroup> h: array<vec4<f32>, HIDDEN>;

fn sigmoid(x: vec4<f32>) -> vec4<f32> { return 1.0 / (1.0 + exp(-x)); }

@compute @workgroup_size(HIDDEN)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
  let unit = local.x;
  let first = group.x * 4u;
  // Samples past the batch repeat the last one; they are not stored.
  let samples = min(vec4<u32>(first, first + 1u, first + 2u, first + 3u), vec4<u32>(sizes.batch - 1u));
  let real = min(4u, sizes.batch - first);
  let biasR = vec4<f32>(bias[unit]);
  let biasZ = vec4<f32>(bias[unit + HIDDEN]);
  let biasN = vec4<f32>(bias[unit + 2u * HIDDEN]);
  var own = vec4<f32>();
  h[unit] = own;
  workgroupBarrier();
  for (var t = 0u; t < sizes.time; t++) {
    let rows = samples * sizes.time + t;
    let at = rows * (3u * HIDDEN) + unit;
    var r = biasR + vec4<f32>(products[at.x], products[at.y], products[at.z], products[at.w]);
    var z = biasZ + vec4<f32>(products[at.x + HIDDEN], products[at.y + HIDDEN], products[at.z + HIDDEN], products[at.w + HIDDEN]);
    let x = vec4<f32>(products[at.x + 2u * HIDDEN], products[at.y + 2u * HIDDEN], products[at.z + 2u * HIDDEN], products[at.w + 2u * HIDDEN]);
    var q = biasN;
    for (var k = 0u; k < HIDDEN; k++) {
      let w = weight[k * HIDDEN + unit];
      let state = h[k];
      r += w.x * state;
      z += w.y * state;
      q += w.z * state;
    }
    r = sigmoid(r);
    z = sigmoid(z);
    let n = tanh(x + r * q);
    own = n + z * (own - n);
    workgroupBarrier();
    h[unit] = own;
    for (var s = 0u; s < real; s++) {
      states[rows[s] * HIDDEN + unit] = own[s];
      let gate = rows[s] * (4u * HIDDEN) + unit;
      gates[gate] = r[s];
      gates[gate + HIDDEN] = z[s];
      gates[gate + 2u * HIDDEN] = n[s];
      gates[gate + 3u * HIDDEN] = q[s];
    }
    workgroupBarrier();
  }
}
