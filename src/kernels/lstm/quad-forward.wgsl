// forward.wgsl for software adapters whose subgroups are four threads, see recurrence/quad-product.wgsl: a workgroup holds 4·SETS samples, a
// thread four units that lie side by side. BLOCKS are the gates i f g o. Constants: HIDDEN, THREADS = FOURS = HIDDEN / 4, ROWS = batch · time.
enable subgroups;
struct Sizes { time: u32, batch: u32, begin: u32, end: u32 }
@group(0) @binding(#) var<storage, read> weight: array<array<mat4x4<f32>, BLOCKS>, FOURS * THREADS>;
@group(0) @binding(#) var<storage, read> bias: array<vec4<f32>, HIDDEN>;                 // [4, hidden / 4], of the hidden products
@group(0) @binding(#) var<storage, read_write> gates: array<vec4<f32>, ROWS * HIDDEN>;     // [batch, time, 4, hidden / 4]
@group(0) @binding(#) var<storage, read_write> states: array<vec4<f32>, ROWS * THREADS>;   // [batch, time, hidden / 4]
@group(0) @binding(#) var<storage, read_write> previous: array<vec4<f32>, ROWS * THREADS>; // [batch, time, hidden / 4]: the state one step earlier
@group(0) @binding(#) var<storage, read_write> cells: array<vec4<f32>, ROWS * THREADS>;    // [batch, time, hidden / 4]
@group(0) @binding(#) var<uniform> sizes: Sizes;

fn factors(row: u32, four: u32) -> vec4<f32> { return states[row * THREADS + four]; }

@compute @workgroup_size(THREADS)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(local_invocation_id) local: vec3<u32>,
  @builtin(subgroup_invocation_id) lane: u32,
) {
  let thread = local.x;
  let first = group.x * (4u * SETS);
  let last = sizes.batch - 1u;
  //#repeat b BLOCKS
  let bias{b} = bias[{b}u * THREADS + thread];
  //#end
  for (var t = sizes.begin; t < sizes.end; t++) {
    // The state before the first time is zero, and so are its products.
    if (t > 0u) { multiply(thread, lane, first, t - 1u); }
    for (var s = 0u; s < SETS; s++) {
      for (var m = 0u; m < 4u; m++) {
        let i = s * 4u + m;
        // Samples past the batch repeat the last one and are not stored.
        let sample = first + s * 4u + (lane ^ m);
        let row = min(sample, last) * sizes.time + t;
        let cell = row * THREADS + thread;
        let at = row * HIDDEN + thread;
        let input = sigmoid4(products[i] + gates[at] + bias0);
        let forget = sigmoid4(products[4u * SETS + i] + gates[at + THREADS] + bias1);
        let candidate = tanh4(products[8u * SETS + i] + gates[at + 2u * THREADS] + bias2);
        let output = sigmoid4(products[12u * SETS + i] + gates[at + 3u * THREADS] + bias3);
        var before = vec4<f32>();
        var c = input * candidate;
        if (t > 0u) {
          before = states[cell - THREADS];
          c += forget * cells[cell - THREADS];
        }
        let next = output * tanh4(c);
        if (sample <= last) {
          states[cell] = next;
          previous[cell] = before;
          cells[cell] = c;
          gates[at] = input;
          gates[at + THREADS] = forget;
          gates[at + 2u * THREADS] = candidate;
          gates[at + 3u * THREADS] = output;
        }
      }
    }
    storageBarrier();
  }
}
