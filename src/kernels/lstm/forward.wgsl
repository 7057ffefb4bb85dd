// One LSTM layer over the times begin…end in one dispatch. A workgroup holds SAMPLES samples, four in the lanes of a vec4; a thread holds
// UNITS units, THREADS apart. The hidden state lives in workgroup memory, the cell state in registers.
//   i, f, o = σ(x + W·h + b), g = tanh(x + W·h + b), c' = f·c + i·g, h' = o·tanh(c')
// `gates` holds the input products when the kernel starts and the activated gates when it ends.
// Constants: HIDDEN, THREADS, UNITS, SAMPLES, QUADS = SAMPLES / 4, FOURS (HIDDEN divides by four), BATCH,
// ROWS = batch · time.
struct Sizes { time: u32, batch: u32, begin: u32, end: u32 }
@group(0) @binding(#) var<storage, read> weight: array<vec4<f32>, HIDDEN * HIDDEN>;       // [from, to] of gates i f g o
@group(0) @binding(#) var<storage, read> bias: array<f32, 4u * HIDDEN>;               // [4·hidden], of the hidden products
@group(0) @binding(#) var<storage, read_write> gates: array<f32, ROWS * 4u * HIDDEN>;        // [batch, time, 4·hidden]
@group(0) @binding(#) var<storage, read_write> states: array<f32, ROWS * HIDDEN>;       // [batch, time, hidden]
@group(0) @binding(#) var<storage, read_write> previous: array<f32, ROWS * HIDDEN>;     // [batch, time, hidden]: the state one step earlier
@group(0) @binding(#) var<storage, read_write> cells: array<f32, ROWS * HIDDEN>;        // [batch, time, hidden]
@group(0) @binding(#) var<uniform> sizes: Sizes;

var<workgroup> h: array<vec4<f32>, HIDDEN * QUADS>; // [unit, quad]

fn gate4(at: vec4<u32>) -> vec4<f32> { return vec4<f32>(gates[at.x], gates[at.y], gates[at.z], gates[at.w]); }
fn state4(at: vec4<u32>) -> vec4<f32> { return vec4<f32>(states[at.x], states[at.y], states[at.z], states[at.w]); }
fn cell4(at: vec4<u32>) -> vec4<f32> { return vec4<f32>(cells[at.x], cells[at.y], cells[at.z], cells[at.w]); }

// Stores one unit of four samples; samples past the batch are not stored.
fn record(rows: vec4<u32>, unit: u32, real: u32, i: vec4<f32>, f: vec4<f32>, g: vec4<f32>, o: vec4<f32>, c: vec4<f32>, before: vec4<f32>, state: vec4<f32>) {
  // Written out: a register's lane cannot be chosen by a variable without cost.
  //#repeat q 4
  if (real > {q}u) {
    let cell = rows[{q}] * HIDDEN + unit;
    states[cell] = state[{q}];
    previous[cell] = before[{q}];
    cells[cell] = c[{q}];
    let gate = rows[{q}] * (4u * HIDDEN) + unit;
    gates[gate] = i[{q}];
    gates[gate + HIDDEN] = f[{q}];
    gates[gate + 2u * HIDDEN] = g[{q}];
    gates[gate + 3u * HIDDEN] = o[{q}];
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
  var c{u}_{s} = vec4<f32>();
  var own{u}_{s} = vec4<f32>();
  if (sizes.begin > 0u) {
    let at = (samples{s} * sizes.time + (sizes.begin - 1u)) * HIDDEN + (unit + {u}u * THREADS);
    c{u}_{s} = cell4(at);
    own{u}_{s} = state4(at);
  }
  h[(unit + {u}u * THREADS) * QUADS + {s}u] = own{u}_{s};
  //#end
  //#end
  workgroupBarrier();
  for (var t = sizes.begin; t < sizes.end; t++) {
    //#repeat s QUADS
    let rows{s} = samples{s} * sizes.time + t;
    //#repeat u UNITS
    let at{u}_{s} = rows{s} * (4u * HIDDEN) + (unit + {u}u * THREADS);
    var i{u}_{s} = gate4(at{u}_{s}) + bias[unit + {u}u * THREADS];
    var f{u}_{s} = gate4(at{u}_{s} + HIDDEN) + bias[unit + {u}u * THREADS + HIDDEN];
    var g{u}_{s} = gate4(at{u}_{s} + 2u * HIDDEN) + bias[unit + {u}u * THREADS + 2u * HIDDEN];
    var o{u}_{s} = gate4(at{u}_{s} + 3u * HIDDEN) + bias[unit + {u}u * THREADS + 3u * HIDDEN];
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
        i{u}_{s} += state{s} * w[0];
        f{u}_{s} += state{s} * w[1];
        g{u}_{s} += state{s} * w[2];
        o{u}_{s} += state{s} * w[3];
        //#end
      }
      //#end
    }
    //#else
    for (var k = 0u; k < HIDDEN; k++) {
      //#repeat u UNITS
      let w{u} = weight[k * HIDDEN + unit + {u}u * THREADS];
      //#repeat s QUADS
      i{u}_{s} += w{u}.x * h[k * QUADS + {s}u];
      f{u}_{s} += w{u}.y * h[k * QUADS + {s}u];
      g{u}_{s} += w{u}.z * h[k * QUADS + {s}u];
      o{u}_{s} += w{u}.w * h[k * QUADS + {s}u];
      //#end
      //#end
    }
    //#end
    workgroupBarrier();
    //#repeat u UNITS
    //#repeat s QUADS
    i{u}_{s} = sigmoid4(i{u}_{s});
    f{u}_{s} = sigmoid4(f{u}_{s});
    g{u}_{s} = tanh4(g{u}_{s});
    o{u}_{s} = sigmoid4(o{u}_{s});
    c{u}_{s} = f{u}_{s} * c{u}_{s} + i{u}_{s} * g{u}_{s};
    let next{u}_{s} = o{u}_{s} * tanh4(c{u}_{s});
    h[(unit + {u}u * THREADS) * QUADS + {s}u] = next{u}_{s};
    record(rows{s}, unit + {u}u * THREADS, real{s}, i{u}_{s}, f{u}_{s}, g{u}_{s}, o{u}_{s}, c{u}_{s}, own{u}_{s}, next{u}_{s});
    own{u}_{s} = next{u}_{s};
    //#end
    //#end
    workgroupBarrier();
  }
}
