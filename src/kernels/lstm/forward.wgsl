// One LSTM layer over all times in one dispatch. A workgroup holds four samples (the lanes of a vec4) and one thread a unit;
// the hidden state lives in workgroup memory, the cell state in registers.
//   i, f, o = σ(x + W·h), g = tanh(x + W·h), c' = f·c + i·g, h' = o·tanh(c')
// Constants: HIDDEN.
struct Sizes { time: u32, batch: u32 }
@group(0) @binding(0) var<storage, read> products: array<f32>;      // [batch, time, 4·hidden], input products with biases
@group(0) @binding(1) var<storage, read> weight: array<vec4<f32>>;  // [from, to] of gates i f g o
@group(0) @binding(2) var<storage, read_write> states: array<f32>;  // [batch, time, hidden]
@group(0) @binding(3) var<storage, read_write> cells: array<f32>;   // [batch, time, hidden]
@group(0) @binding(4) var<storage, read_write> gates: array<f32>;   // [batch, time, 4·hidden], activated
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
  h[unit] = vec4<f32>();
  var c = vec4<f32>();
  workgroupBarrier();
  for (var t = 0u; t < sizes.time; t++) {
    let rows = samples * sizes.time + t;
    let at = rows * (4u * HIDDEN) + unit;
    var i = vec4<f32>(products[at.x], products[at.y], products[at.z], products[at.w]);
    var f = vec4<f32>(products[at.x + HIDDEN], products[at.y + HIDDEN], products[at.z + HIDDEN], products[at.w + HIDDEN]);
    var g = vec4<f32>(products[at.x + 2u * HIDDEN], products[at.y + 2u * HIDDEN], products[at.z + 2u * HIDDEN], products[at.w + 2u * HIDDEN]);
    var o = vec4<f32>(products[at.x + 3u * HIDDEN], products[at.y + 3u * HIDDEN], products[at.z + 3u * HIDDEN], products[at.w + 3u * HIDDEN]);
    for (var k = 0u; k < HIDDEN; k++) {
      let w = weight[k * HIDDEN + unit];
      let state = h[k];
      i += w.x * state;
      f += w.y * state;
      g += w.z * state;
      o += w.w * state;
    }
    i = sigmoid(i);
    f = sigmoid(f);
    g = tanh(g);
    o = sigmoid(o);
    c = f * c + i * g;
    let next = o * tanh(c);
    workgroupBarrier();
    h[unit] = next;
    for (var s = 0u; s < real; s++) {
      let cell = rows[s] * HIDDEN + unit;
      states[cell] = next[s];
      cells[cell] = c[s];
      let gate = at[s];
      gates[gate] = i[s];
      gates[gate + HIDDEN] = f[s];
      gates[gate + 2u * HIDDEN] = g[s];
      gates[gate + 3u * HIDDEN] = o[s];
    }
    workgroupBarrier();
  }
}
