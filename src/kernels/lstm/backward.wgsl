// Gradient of one LSTM layer with respect to the gates' inputs, over the times end…begin in one dispatch; layout as in forward.wgsl.
//   dc += dh·o·(1 − tanh²c), dz_i = dc·g·i(1−i), dz_f = dc·c₋·f(1−f), dz_g = dc·i·(1−g²), dz_o = dh·tanh(c)·o(1−o),
//   dc₋ = dc·f, dh₋ = Wᵀ·dz
// `gates` holds the activated gates when the kernel starts and dz when it ends.
struct Sizes { time: u32, batch: u32, begin: u32, end: u32 }
@group(0) @binding(#) var<storage, read> upstream: array<f32, ROWS * HIDDEN>;       // [batch, time, hidden]
@group(0) @binding(#) var<storage, read> cells: array<f32, ROWS * HIDDEN>;          // [batch, time, hidden]
@group(0) @binding(#) var<storage, read> weight: array<vec4<f32>, HIDDEN * HIDDEN>;   // [to, from] of gates i f g o
@group(0) @binding(#) var<storage, read_write> gates: array<f32, ROWS * 4u * HIDDEN>;    // [batch, time, 4·hidden]
@group(0) @binding(#) var<storage, read_write> carry: array<f32, 2u * BATCH * HIDDEN>;    // [2, batch, hidden]: dh and dc for the next earlier stretch
@group(0) @binding(#) var<uniform> sizes: Sizes;

var<workgroup> dz: array<vec4<f32>, 4u * HIDDEN * QUADS>; // [unit, gate, quad]

fn gate4(at: vec4<u32>) -> vec4<f32> { return vec4<f32>(gates[at.x], gates[at.y], gates[at.z], gates[at.w]); }
fn cell4(at: vec4<u32>) -> vec4<f32> { return vec4<f32>(cells[at.x], cells[at.y], cells[at.z], cells[at.w]); }
fn upstream4(at: vec4<u32>) -> vec4<f32> { return vec4<f32>(upstream[at.x], upstream[at.y], upstream[at.z], upstream[at.w]); }
fn carry4(at: vec4<u32>) -> vec4<f32> { return vec4<f32>(carry[at.x], carry[at.y], carry[at.z], carry[at.w]); }

fn record(at: vec4<u32>, real: u32, di: vec4<f32>, df: vec4<f32>, dg: vec4<f32>, dout: vec4<f32>) {
  // Written out: a register's lane cannot be chosen by a variable without cost.
  //#repeat q 4
  if (real > {q}u) {
    gates[at[{q}]] = di[{q}];
    gates[at[{q}] + HIDDEN] = df[{q}];
    gates[at[{q}] + 2u * HIDDEN] = dg[{q}];
    gates[at[{q}] + 3u * HIDDEN] = dout[{q}];
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
  let half = sizes.batch * HIDDEN;
  //#repeat s QUADS
  let samples{s} = min(vec4<u32>(first + {s}u * 4u) + vec4<u32>(0u, 1u, 2u, 3u), last);
  let real{s} = u32(clamp(i32(sizes.batch) - i32(first + {s}u * 4u), 0, 4));
  //#repeat u UNITS
  var dh{u}_{s} = vec4<f32>();
  var dc{u}_{s} = vec4<f32>();
  if (sizes.end < sizes.time) {
    let at = samples{s} * HIDDEN + (unit + {u}u * THREADS);
    dh{u}_{s} = carry4(at);
    dc{u}_{s} = carry4(at + half);
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
      let at = rows * (4u * HIDDEN) + (unit + {u}u * THREADS);
      let i = gate4(at);
      let f = gate4(at + HIDDEN);
      let g = gate4(at + 2u * HIDDEN);
      let o = gate4(at + 3u * HIDDEN);
      let tc = tanh4(cell4(cell));
      var before = vec4<f32>();
      if (t > 0u) { before = cell4(cell - HIDDEN); }
      let dh = dh{u}_{s} + upstream4(cell);
      let dc = dc{u}_{s} + dh * o * (1.0 - tc * tc);
      let di = dc * g * i * (1.0 - i);
      let df = dc * before * f * (1.0 - f);
      let dg = dc * i * (1.0 - g * g);
      let dout = dh * tc * o * (1.0 - o);
      dc{u}_{s} = dc * f;
      let slot = (unit + {u}u * THREADS) * (4u * QUADS) + {s}u;
      dz[slot] = di;
      dz[slot + QUADS] = df;
      dz[slot + 2u * QUADS] = dg;
      dz[slot + 3u * QUADS] = dout;
      record(at, real{s}, di, df, dg, dout);
      dh{u}_{s} = vec4<f32>();
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
        let slot = k * (4u * QUADS) + {s}u;
        let di = dz[slot];
        let df = dz[slot + QUADS];
        let dg = dz[slot + 2u * QUADS];
        let dout = dz[slot + 3u * QUADS];
        //#repeat u UNITS
        dh{u}_{s} += w{u}.x * di + w{u}.y * df + w{u}.z * dg + w{u}.w * dout;
        //#end
      }
      //#end
    }
    workgroupBarrier();
  }
  if (sizes.begin > 0u) {
    //#repeat u UNITS
    //#repeat s QUADS
    for (var s = 0u; s < real{s}; s++) {
      let at = samples{s}[s] * HIDDEN + (unit + {u}u * THREADS);
      carry[at] = dh{u}_{s}[s];
      carry[at + half] = dc{u}_{s}[s];
    }
    //#end
    //#end
  }
}
