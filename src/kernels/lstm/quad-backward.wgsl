// backward.wgsl for software adapters whose subgroups are four threads, see recurrence/quad-product.wgsl: a workgroup holds 4·SETS samples, a
// thread 4·BLOCKS units that lie side by side. Constants: HIDDEN = FOURS, THREADS = HIDDEN / (4·BLOCKS), BATCH, ROWS = batch · time.
enable subgroups;
struct Sizes { time: u32, batch: u32, begin: u32, end: u32 }
@group(0) @binding(#) var<storage, read> upstream: array<vec4<f32>, ROWS * HIDDEN / 4u>;      // [batch, time, hidden / 4]
@group(0) @binding(#) var<storage, read> cells: array<vec4<f32>, ROWS * HIDDEN / 4u>;         // [batch, time, hidden / 4]
@group(0) @binding(#) var<storage, read> weight: array<array<mat4x4<f32>, BLOCKS>, FOURS * THREADS>;
@group(0) @binding(#) var<storage, read_write> gates: array<vec4<f32>, ROWS * HIDDEN>;        // [batch, time, 4, hidden / 4]
@group(0) @binding(#) var<storage, read_write> carry: array<vec4<f32>, BATCH * HIDDEN / 2u>;  // [2, batch, hidden / 4]: dh and dc for the next earlier stretch
@group(0) @binding(#) var<uniform> sizes: Sizes;

var<private> dcs: array<vec4<f32>, BLOCKS * SETS * 4u>;

fn factors(row: u32, four: u32) -> vec4<f32> { return gates[row * HIDDEN + four]; }

@compute @workgroup_size(THREADS)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(local_invocation_id) local: vec3<u32>,
  @builtin(subgroup_invocation_id) lane: u32,
) {
  let thread = local.x;
  let first = group.x * (4u * SETS);
  let last = sizes.batch - 1u;
  let across = HIDDEN / 4u;
  // In every loop i counts as in `products`: [block, set, neighbour].
  for (var b = 0u; b < BLOCKS; b++) {
    for (var s = 0u; s < SETS; s++) {
      for (var m = 0u; m < 4u; m++) {
        let i = (b * SETS + s) * 4u + m;
        products[i] = vec4<f32>();
        dcs[i] = vec4<f32>();
        if (sizes.end < sizes.time) {
          let sample = min(first + s * 4u + (lane ^ m), last);
          let at = sample * across + thread * BLOCKS + b;
          products[i] = carry[at];
          dcs[i] = carry[at + sizes.batch * across];
        }
      }
    }
  }
  for (var step = sizes.begin; step < sizes.end; step++) {
    let t = sizes.end - 1u - (step - sizes.begin);
    for (var b = 0u; b < BLOCKS; b++) {
      for (var s = 0u; s < SETS; s++) {
        for (var m = 0u; m < 4u; m++) {
          let i = (b * SETS + s) * 4u + m;
          // Samples past the batch repeat the last one and are not stored.
          let sample = first + s * 4u + (lane ^ m);
          let units = thread * BLOCKS + b;
          let row = min(sample, last) * sizes.time + t;
          let cell = row * across + units;
          let at = row * HIDDEN + units;
          let input = gates[at];
          let forget = gates[at + across];
          let candidate = gates[at + 2u * across];
          let output = gates[at + 3u * across];
          let tc = tanh4(cells[cell]);
          var before = vec4<f32>();
          if (t > 0u) { before = cells[cell - across]; }
          let dh = products[i] + upstream[cell];
          let dc = dcs[i] + dh * output * (1.0 - tc * tc);
          let di = dc * candidate * input * (1.0 - input);
          let df = dc * before * forget * (1.0 - forget);
          let dg = dc * input * (1.0 - candidate * candidate);
          let dout = dh * tc * output * (1.0 - output);
          dcs[i] = dc * forget;
          if (sample <= last) {
            gates[at] = di;
            gates[at + across] = df;
            gates[at + 2u * across] = dg;
            gates[at + 3u * across] = dout;
          }
        }
      }
    }
    storageBarrier();
    multiply(thread, lane, first, t);
  }
  if (sizes.begin > 0u) {
    for (var b = 0u; b < BLOCKS; b++) {
      for (var s = 0u; s < SETS; s++) {
        for (var m = 0u; m < 4u; m++) {
          let i = (b * SETS + s) * 4u + m;
          let sample = first + s * 4u + (lane ^ m);
          let at = sample * across + thread * BLOCKS + b;
          if (sample <= last) {
            carry[at] = products[i];
            carry[at + sizes.batch * across] = dcs[i];
          }
        }
      }
    }
  }
}
