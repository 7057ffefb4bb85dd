// Gradient of one GRU layer with respect to the input products and the hidden products, over the times end…begin in one dispatch.
//   dn = dh·(1−z)·(1−n²), dr = dn·q·r(1−r), dz = dh·(h₋ − n)·z(1−z), dq = dn·r,
//   dh₋ = dh·z + W_rᵀ·dr + W_zᵀ·dz + W_nᵀ·dq
// `gates` holds r, z, n when the kernel starts and dr, dz, dn when it ends.
struct Sizes { time: u32, batch: u32, begin: u32, end: u32 }
@group(0) @binding(#) var<storage, read> upstream: array<f32, ROWS * HIDDEN>;             // [batch, time, hidden]
@group(0) @binding(#) var<storage, read> previous: array<f32, ROWS * HIDDEN>;             // [batch, time, hidden]: the state one step earlier
@group(0) @binding(#) var<storage, read> candidates: array<f32, ROWS * HIDDEN>;           // [batch, time, hidden]: q
@group(0) @binding(#) var<storage, read> weight: array<vec4<f32>, HIDDEN * HIDDEN>;         // [to, from] of gates r z n
@group(0) @binding(#) var<storage, read_write> gates: array<f32, ROWS * 3u * HIDDEN>;          // [batch, time, 3·hidden]
@group(0) @binding(#) var<storage, read_write> hiddenGradient: array<f32, ROWS * 3u * HIDDEN>; // [batch, time, 3·hidden]: dr, dz, dq
@group(0) @binding(#) var<storage, read_write> carry: array<f32, BATCH * HIDDEN>;          // [batch, hidden]: dh for the next earlier stretch
@group(0) @binding(#) var<uniform> sizes: Sizes;

var<workgroup> dgate: array<vec4<f32>, 3u * HIDDEN * QUADS>; // [unit, gate, quad]

fn gate4(at: vec4<u32>) -> vec4<f32> { return vec4<f32>(gates[at.x], gates[at.y], gates[at.z], gates[at.w]); }
fn previous4(at: vec4<u32>) -> vec4<f32> { return vec4<f32>(previous[at.x], previous[at.y], previous[at.z], previous[at.w]); }
fn candidate4(at: vec4<u32>) -> vec4<f32> { return vec4<f32>(candidates[at.x], candidates[at.y], candidates[at.z], candidates[at.w]); }
fn upstream4(at: vec4<u32>) -> vec4<f32> { return vec4<f32>(upstream[at.x], upstream[at.y], upstream[at.z], upstream[at.w]); }

fn record(at: vec4<u32>, real: u32, dr: vec4<f32>, dz: vec4<f32>, dn: vec4<f32>, dq: vec4<f32>) {
  // Written out: a register's lane cannot be chosen by a variable without cost.
  //#repeat q 4
  if (real > {q}u) {
    gates[at[{q}]] = dr[{q}];
    gates[at[{q}] + HIDDEN] = dz[{q}];
    gates[at[{q}] + 2u * HIDDEN] = dn[{q}];
    hiddenGradient[at[{q}]] = dr[{q}];
    hiddenGradient[at[{q}] + HIDDEN] = dz[{q}];
    hiddenGradient[at[{q}] + 2u * HIDDEN] = dq[{q}];
  }
  //#end
}

@compute @workgroup_size(THREADS)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(local_invocation_id) local: vec3<u32>,
) {
  let unit = local.x;
  let first = group.x * SAMPLES;
  let last = vec4<u32>(sizes.batch - 1u);
  //#repeat s QUADS
  let samples{s} = min(vec4<u32>(first + {s}u * 4u) + vec4<u32>(0u, 1u, 2u, 3u), last);
  let real{s} = u32(clamp(i32(sizes.batch) - i32(first + {s}u * 4u), 0, 4));
  //#repeat u UNITS
  var dh{u}_{s} = vec4<f32>();
  if (sizes.end < sizes.time) {
    let at = samples{s} * HIDDEN + (unit + {u}u * THREADS);
    dh{u}_{s} = vec4<f32>(carry[at.x], carry[at.y], carry[at.z], carry[at.w]);
  }
  //#end
  //#end
  for (var step = sizes.begin; step < sizes.end; step++) {
    let t = sizes.end - 1u - (step - sizes.begin);
    //#repeat u UNITS
    //#repeat s QUADS
    {
      let rows = samples{s} * sizes.time + t;
      let cell = rows * HIDDEN + (unit + {u}u * THREADS);
      let at = rows * (3u * HIDDEN) + (unit + {u}u * THREADS);
      let r = gate4(at);
      let z = gate4(at + HIDDEN);
      let n = gate4(at + 2u * HIDDEN);
      let q = candidate4(cell);
      let dh = dh{u}_{s} + upstream4(cell);
      let dn = dh * (1.0 - z) * (1.0 - n * n);
      let dr = dn * q * r * (1.0 - r);
      let dz = dh * (previous4(cell) - n) * z * (1.0 - z);
      let dq = dn * r;
      let slot = (unit + {u}u * THREADS) * (3u * QUADS) + {s}u;
      dgate[slot] = dr;
      dgate[slot + QUADS] = dz;
      dgate[slot + 2u * QUADS] = dq;
      record(at, real{s}, dr, dz, dn, dq);
      dh{u}_{s} = dh * z;
    }
    //#end
    //#end
    workgroupBarrier();
    for (var k = 0u; k < HIDDEN; k++) {
      //#repeat u UNITS
      let w{u} = weight[k * HIDDEN + unit + {u}u * THREADS];
      //#end
      //#repeat s QUADS
      {
        let slot = k * (3u * QUADS) + {s}u;
        let dr = dgate[slot];
        let dz = dgate[slot + QUADS];
        let dq = dgate[slot + 2u * QUADS];
        //#repeat u UNITS
        dh{u}_{s} += w{u}.x * dr + w{u}.y * dz + w{u}.z * dq;
        //#end
      }
      //#end
    }
    workgroupBarrier();
  }
  if (sizes.begin > 0u) {
    //#repeat u UNITS
    //#repeat s QUADS
    for (var s = 0u; s < real{s}; s++) { carry[samples{s}[s] * HIDDEN + (unit + {u}u * THREADS)] = dh{u}_{s}[s]; }
    //#end
    //#end
  }
}
