// forward.wgsl for software adapters whose subgroups are four threads, see recurrence/quad-product.wgsl: a workgroup holds 4·SETS samples, a
// thread four units that lie side by side. BLOCKS are the gates r z n. Constants: HIDDEN, THREADS = FOURS = HIDDEN / 4, ROWS = batch · time.
enable subgroups;
struct Sizes { time: u32, batch: u32, begin: u32, end: u32 }
@group(0) @binding(#) var<storage, read> weight: array<array<mat4x4<f32>, BLOCKS>, FOURS * THREADS>;
@group(0) @binding(#) var<storage, read> bias: array<vec4<f32>, 3u * THREADS>;               // [3, hidden / 4], of the hidden products
@group(0) @binding(#) var<storage, read_write> gates: array<vec4<f32>, ROWS * 3u * THREADS>;   // [batch, time, 3, hidden / 4]
@group(0) @binding(#) var<storage, read_write> states: array<vec4<f32>, ROWS * THREADS>;       // [batch, time, hidden / 4]
@group(0) @binding(#) var<storage, read_write> previous: array<vec4<f32>, ROWS * THREADS>;     // [batch, time, hidden / 4]: the state one step earlier
@group(0) @binding(#) var<storage, read_write> candidates: array<vec4<f32>, ROWS * THREADS>;   // [batch, time, hidden / 4]: q
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
        let at = row * (3u * THREADS) + thread;
        let r = sigmoid4(products[i] + gates[at] + bias0);
        let z = sigmoid4(products[4u * SETS + i] + gates[at + THREADS] + bias1);
        let q = products[8u * SETS + i] + bias2;
        let n = tanh4(gates[at + 2u * THREADS] + r * q);
        var before = vec4<f32>();
        if (t > 0u) { before = states[cell - THREADS]; }
        let next = n + z * (before - n);
        if (sample <= last) {
          states[cell] = next;
          previous[cell] = before;
          candidates[cell] = q;
          gates[at] = r;
          gates[at + THREADS] = z;
          gates[at + 2u * THREADS] = n;
        }
      }
    }
    storageBarrier();
  }
}
