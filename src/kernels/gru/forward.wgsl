// One GRU layer (reset-after) over the times begin…end in one dispatch; a workgroup holds SAMPLES samples, a thread UNITS units.
//   r, z = σ(x + W·h + b), q = W_n·h + b_n, n = tanh(x_n + r·q), h' = n + z·(h − n)
// `gates` holds the input products when the kernel starts and r, z, n when it ends.
// Constants: HIDDEN, THREADS, UNITS, SAMPLES, QUADS = SAMPLES / 4, FOURS (HIDDEN divides by four), BATCH,
// ROWS = batch · time.
struct Sizes { time: u32, batch: u32, begin: u32, end: u32 }
@group(0) @binding(#) var<storage, read> weight: array<vec4<f32>, HIDDEN * HIDDEN>;      // [from, to] of gates r z n, fourth lane unused
@group(0) @binding(#) var<storage, read> bias: array<f32, 3u * HIDDEN>;              // [3·hidden], of the hidden products
@group(0) @binding(#) var<storage, read_write> gates: array<f32, ROWS * 3u * HIDDEN>;       // [batch, time, 3·hidden]
@group(0) @binding(#) var<storage, read_write> states: array<f32, ROWS * HIDDEN>;      // [batch, time, hidden]
@group(0) @binding(#) var<storage, read_write> previous: array<f32, ROWS * HIDDEN>;    // [batch, time, hidden]: the state one step earlier
@group(0) @binding(#) var<storage, read_write> candidates: array<f32, ROWS * HIDDEN>;  // [batch, time, hidden]: q
@group(0) @binding(#) var<uniform> sizes: Sizes;

var<workgroup> h: array<vec4<f32>, HIDDEN * QUADS>; // [unit, quad]

fn gate4(at: vec4<u32>) -> vec4<f32> { return vec4<f32>(gates[at.x], gates[at.y], gates[at.z], gates[at.w]); }
fn state4(at: vec4<u32>) -> vec4<f32> { return vec4<f32>(states[at.x], states[at.y], states[at.z], states[at.w]); }

// Stores one unit of four samples; samples past the batch are not stored.
fn record(rows: vec4<u32>, unit: u32, real: u32, r: vec4<f32>, z: vec4<f32>, n: vec4<f32>, q: vec4<f32>, before: vec4<f32>, state: vec4<f32>) {
  // Written out: a register's lane cannot be chosen by a variable without cost.
  //#repeat q 4
  if (real > {q}u) {
    let cell = rows[{q}] * HIDDEN + unit;
    states[cell] = state[{q}];
    previous[cell] = before[{q}];
    candidates[cell] = q[{q}];
    let gate = rows[{q}] * (3u * HIDDEN) + unit;
    gates[gate] = r[{q}];
    gates[gate + HIDDEN] = z[{q}];
    gates[gate + 2u * HIDDEN] = n[{q}];
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
  // Samples past the batch repeat the last one.
  let samples{s} = min(vec4<u32>(first + {s}u * 4u) + vec4<u32>(0u, 1u, 2u, 3u), last);
  let real{s} = u32(clamp(i32(sizes.batch) - i32(first + {s}u * 4u), 0, 4));
  //#repeat u UNITS
  var own{u}_{s} = vec4<f32>();
  if (sizes.begin > 0u) { own{u}_{s} = state4((samples{s} * sizes.time + (sizes.begin - 1u)) * HIDDEN + (unit + {u}u * THREADS)); }
  h[(unit + {u}u * THREADS) * QUADS + {s}u] = own{u}_{s};
  //#end
  //#end
  workgroupBarrier();
  for (var t = sizes.begin; t < sizes.end; t++) {
    //#repeat s QUADS
    let rows{s} = samples{s} * sizes.time + t;
    //#repeat u UNITS
    let at{u}_{s} = rows{s} * (3u * HIDDEN) + (unit + {u}u * THREADS);
    var r{u}_{s} = gate4(at{u}_{s}) + bias[unit + {u}u * THREADS];
    var z{u}_{s} = gate4(at{u}_{s} + HIDDEN) + bias[unit + {u}u * THREADS + HIDDEN];
    let x{u}_{s} = gate4(at{u}_{s} + 2u * HIDDEN);
    var q{u}_{s} = vec4<f32>(bias[unit + {u}u * THREADS + 2u * HIDDEN]);
    //#end
    //#end
    //#if FOURS
    // Four states at a time: an accumulator is read and written once for four products.
    for (var k = 0u; k < HIDDEN; k += 4u) {
      //#repeat s QUADS
      let state{s} = mat4x4<f32>(h[k * QUADS + {s}u], h[(k + 1u) * QUADS + {s}u], h[(k + 2u) * QUADS + {s}u], h[(k + 3u) * QUADS + {s}u]);
      //#end
      //#repeat u UNITS
      {
        let at = k * HIDDEN + unit + {u}u * THREADS;
        let w = transpose(mat4x4<f32>(weight[at], weight[at + HIDDEN], weight[at + 2u * HIDDEN], weight[at + 3u * HIDDEN]));
        //#repeat s QUADS
        r{u}_{s} += state{s} * w[0];
        z{u}_{s} += state{s} * w[1];
        q{u}_{s} += state{s} * w[2];
        //#end
      }
      //#end
    }
    //#else
    for (var k = 0u; k < HIDDEN; k++) {
      //#repeat u UNITS
      let w{u} = weight[k * HIDDEN + unit + {u}u * THREADS];
      //#repeat s QUADS
      r{u}_{s} += w{u}.x * h[k * QUADS + {s}u];
      z{u}_{s} += w{u}.y * h[k * QUADS + {s}u];
      q{u}_{s} += w{u}.z * h[k * QUADS + {s}u];
      //#end
      //#end
    }
    //#end
    workgroupBarrier();
    //#repeat u UNITS
    //#repeat s QUADS
    r{u}_{s} = sigmoid4(r{u}_{s});
    z{u}_{s} = sigmoid4(z{u}_{s});
    let n{u}_{s} = tanh4(x{u}_{s} + r{u}_{s} * q{u}_{s});
    let next{u}_{s} = n{u}_{s} + z{u}_{s} * (own{u}_{s} - n{u}_{s});
    h[(unit + {u}u * THREADS) * QUADS + {s}u] = next{u}_{s};
    record(rows{s}, unit + {u}u * THREADS, real{s}, r{u}_{s}, z{u}_{s}, n{u}_{s}, q{u}_{s}, own{u}_{s}, next{u}_{s});
    own{u}_{s} = next{u}_{s};
    //#end
    //#end
    workgroupBarrier();
  }
}
