// Gradient of one GRU layer with respect to the input products and the hidden products, over all times in one dispatch.
//   dn = dh·(1−z)·(1−n²), dr = dn·q·r(1−r), dz = dh·(h₋ − n)·z(1−z), dq = dn·r,
//   dh₋ = dh·z + W_rᵀ·dr + W_zᵀ·dz + W_nᵀ·dq
// Constants: HIDDEN.
struct Sizes { time: u32, batch: u32 }
@group(0) @binding(0) var<storage, read> upstream: array<f32>;             // [batch, time, hidden]
@group(0) @binding(1) var<storage, read> states: array<f32>;               // [batch, time, hidden]
@group(0) @binding(2) var<storage, read> gates: array<f32>;                // [batch, time, 4·hidden]: r, z, n, q
@group(0) @binding(3) var<storage, read> weight: array<vec4<f32>>;         // [to, from] of gates r z n
@group(0) @binding(4) var<storage, read_write> inputGradient: array<f32>;  // [batch, time, 3·hidden]: dr, dz, dn
@group(0) @binding(5) var<storage, read_write> hiddenGradient: array<f32>; // [batch, time, 3·hidden]: dr, dz, dq
@group(0) @binding(6) var<uniform> sizes: Sizes;

var<workgroup> gateGradient: array<vec4<f32>, 3u * HIDDEN>;

@compute @workgroup_size(HIDDEN)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
  let unit = local.x;
  let first = group.x * 4u;
  let samples = min(vec4<u32>(first, first + 1u, first + 2u, first + 3u), vec4<u32>(sizes.batch - 1u));
  let real = min(4u, sizes.batch - first);
  var dhNext = vec4<f32>();
  for (var step = 0u; step < sizes.time; step++) {
    let t = sizes.time - 1u - step;
    let rows = samples * sizes.time + t;
    let cell = rows * HIDDEN + unit;
    let at = rows * (4u * HIDDEN) + unit;
    let r = vec4<f32>(gates[at.x], gates[at.y], gates[at.z], gates[at.w]);
    let z = vec4<f32>(gates[at.x + HIDDEN], gates[at.y + HIDDEN], gates[at.z + HIDDEN], gates[at.w + HIDDEN]);
    let n = vec4<f32>(gates[at.x + 2u * HIDDEN], gates[at.y + 2u * HIDDEN], gates[at.z + 2u * HIDDEN], gates[at.w + 2u * HIDDEN]);
    let q = vec4<f32>(gates[at.x + 3u * HIDDEN], gates[at.y + 3u * HIDDEN], gates[at.z + 3u * HIDDEN], gates[at.w + 3u * HIDDEN]);
    var before = vec4<f32>();
    if (t > 0u) {
      let previous = cell - HIDDEN;
      before = vec4<f32>(states[previous.x], states[previous.y], states[previous.z], states[previous.w]);
    }
    let dh = dhNext + vec4<f32>(upstream[cell.x], upstream[cell.y], upstream[cell.z], upstream[cell.w]);
    let dn = dh * (1.0 - z) * (1.0 - n * n);
    let dr = dn * q * r * (1.0 - r);
    let dzGate = dh * (before - n) * z * (1.0 - z);
    let dq = dn * r;
    gateGradient[unit * 3u] = dr;
    gateGradient[unit * 3u + 1u] = dzGate;
    gateGradient[unit * 3u + 2u] = dq;
    for (var s = 0u; s < real; s++) {
      let row = rows[s] * (3u * HIDDEN) + unit;
      inputGradient[row] = dr[s];
      inputGradient[row + HIDDEN] = dzGate[s];
      inputGradient[row + 2u * HIDDEN] = dn[s];
      hiddenGradient[row] = dr[s];
      hiddenGradient[row + HIDDEN] = dzGate[s];
      hiddenGradient[row + 2u * HIDDEN] = dq[s];
    }
    workgroupBarrier();
    var sum = dh * z;
    for (var k = 0u; k < HIDDEN; k++) {
      let w = weight[k * HIDDEN + unit];
      sum += w.x * gateGradient[k * 3u] + w.y * gateGradient[k * 3u + 1u] + w.z * gateGradient[k * 3u + 2u];
    }
    dhNext = sum;
    workgroupBarrier();
  }
}
