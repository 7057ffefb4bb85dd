// Gradient of one LSTM layer with respect to the gates' inputs, over all times in one dispatch; layout as in forward.wgsl.
//   dc += dh·o·(1 − tanh²c), dz_i = dc·g·i(1−i), dz_f = dc·c₋·f(1−f), dz_g = dc·i·(1−g²), dz_o = dh·tanh(c)·o(1−o),
//   dc₋ = dc·f, dh₋ = Wᵀ·dz
// Constants: HIDDEN.
struct Sizes { time: u32, batch: u32 }
@group(0) @binding(0) var<storage, read> upstream: array<f32>;       // [batch, time, hidden]
@group(0) @binding(1) var<storage, read> cells: array<f32>;          // [batch, time, hidden]
@group(0) @binding(2) var<storage, read> gates: array<f32>;          // [batch, time, 4·hidden]
@group(0) @binding(3) var<storage, read> weight: array<vec4<f32>>;   // [to, from] of gates i f g o
@group(0) @binding(4) var<storage, read_write> gradient: array<f32>; // [batch, time, 4·hidden]
@group(0) @binding(5) var<uniform> sizes: Sizes;

var<workgroup> dz: array<vec4<f32>, 4u * HIDDEN>;

@compute @workgroup_size(HIDDEN)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
  let unit = local.x;
  let first = group.x * 4u;
  let samples = min(vec4<u32>(first, first + 1u, first + 2u, first + 3u), vec4<u32>(sizes.batch - 1u));
  let real = min(4u, sizes.batch - first);
  var dhNext = vec4<f32>();
  var dcNext = vec4<f32>();
  for (var step = 0u; step < sizes.time; step++) {
    let t = sizes.time - 1u - step;
    let rows = samples * sizes.time + t;
    let cell = rows * HIDDEN + unit;
    let at = rows * (4u * HIDDEN) + unit;
    let i = vec4<f32>(gates[at.x], gates[at.y], gates[at.z], gates[at.w]);
    let f = vec4<f32>(gates[at.x + HIDDEN], gates[at.y + HIDDEN], gates[at.z + HIDDEN], gates[at.w + HIDDEN]);
    let g = vec4<f32>(gates[at.x + 2u * HIDDEN], gates[at.y + 2u * HIDDEN], gates[at.z + 2u * HIDDEN], gates[at.w + 2u * HIDDEN]);
    let o = vec4<f32>(gates[at.x + 3u * HIDDEN], gates[at.y + 3u * HIDDEN], gates[at.z + 3u * HIDDEN], gates[at.w + 3u * HIDDEN]);
    let tc = tanh(vec4<f32>(cells[cell.x], cells[cell.y], cells[cell.z], cells[cell.w]));
    var before = vec4<f32>();
    if (t > 0u) {
      let previous = cell - HIDDEN;
      before = vec4<f32>(cells[previous.x], cells[previous.y], cells[previous.z], cells[previous.w]);
    }
    let dh = dhNext + vec4<f32>(upstream[cell.x], upstream[cell.y], upstream[cell.z], upstream[cell.w]);
    let dc = dcNext + dh * o * (1.0 - tc * tc);
    let di = dc * g * i * (1.0 - i);
    let df = dc * before * f * (1.0 - f);
    let dg = dc * i * (1.0 - g * g);
    let dout = dh * tc * o * (1.0 - o);
    dcNext = dc * f;
    dz[unit * 4u] = di;
    dz[unit * 4u + 1u] = df;
    dz[unit * 4u + 2u] = dg;
    dz[unit * 4u + 3u] = dout;
    for (var s = 0u; s < real; s++) {
      gradient[at[s]] = di[s];
      gradient[at[s] + HIDDEN] = df[s];
      gradient[at[s] + 2u * HIDDEN] = dg[s];
      gradient[at[s] + 3u * HIDDEN] = dout[s];
    }
    workgroupBarrier();
    dhNext = vec4<f32>();
    for (var k = 0u; k < HIDDEN; k++) {
      let w = weight[k * HIDDEN + unit];
      dhNext += w.x * dz[k * 4u] + w.y * dz[k * 4u + 1u] + w.z * dz[k * 4u + 2u] + w.w * dz[k * 4u + 3u];
    }
    workgroupBarrier();
  }
}
