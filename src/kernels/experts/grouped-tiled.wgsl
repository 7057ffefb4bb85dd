// The product of grouped.wgsl for GPUs: a workgroup has 64 slots of one expert (a tile of the plan) by 64 columns, sixteen steps of k at a
// time in workgroup memory, and each of its 256 threads four by four of the product in registers.
// Constants: GATHER (A's row is the slot's token, else the slot), TRANSPOSE_B (B is [experts, n, k], else [experts, k, n]).
// Quads: a (0), b (1).
struct Sizes {
  tiles: u32, k: u32, n: u32, tokensAt: u32, experts: u32,
  seed: u32, threshold: u32, scale: f32, first: u32, // dropout
}
//                            0 a: [slots or tokens, k]
//                            1 b: [experts, n, k] or [experts, k, n]
@group(0) @binding(2) var<storage, read> plan: array<u32>; // see plan.wgsl

var<workgroup> left: array<f32, 1024>;  // [16 of k, 64 slots]
var<workgroup> right: array<f32, 1024>; // [16 of k, 64 columns]

fn start_of(slot: u32) -> u32 {
  if (GATHER) { return plan[sizes.tokensAt + slot] * sizes.k; }
  return slot * sizes.k;
}

@compute @workgroup_size(256)
fn main(@builtin(local_invocation_index) local: u32, @builtin(workgroup_id) group: vec3<u32>) {
  let expert = plan[sizes.experts + 1u + 2u * group.y];
  if (expert >= sizes.experts) { return; }
  let slot = plan[sizes.experts + 2u + 2u * group.y];
  let column = group.x * 64u;
  // Slots and columns past the edge repeat the last one; their results are not stored.
  let lastSlot = plan[expert + 1u] - 1u;
  let lastColumn = sizes.n - 1u;
  let offset = expert * sizes.n * sizes.k;
  // What this thread brings: four of k of one slot, and four of k of one column or four columns of one of k.
  let line = local / 4u;
  let part = 4u * (local % 4u);
  let startA = start_of(min(slot + line, lastSlot));
  let startB = offset + min(column + line, lastColumn) * sizes.k;
  let step = local / 16u;
  let across = 4u * (local % 16u);
  let columnB = min(column + across, lastColumn);
  var c0 = vec4<f32>(); var c1 = vec4<f32>(); var c2 = vec4<f32>(); var c3 = vec4<f32>();
  for (var k = 0u; k < sizes.k; k += 16u) {
    var a = vec4<f32>();
    var b = vec4<f32>();
    let at = k + part;
    if (at < sizes.k) { a = a_at(startA + at, sizes.k - at); }
    if (TRANSPOSE_B) {
      if (at < sizes.k) { b = b_at(startB + at, sizes.k - at); }
    } else if (k + step < sizes.k) {
      b = b_at(offset + (k + step) * sizes.n + columnB, sizes.n - columnB);
    }
    workgroupBarrier();
    for (var i = 0u; i < 4u; i++) {
      left[(part + i) * 64u + line] = a[i];
      right[select(step * 64u + across + i, (part + i) * 64u + line, TRANSPOSE_B)] = b[i];
    }
    workgroupBarrier();
    for (var i = 0u; i < 16u; i++) {
      let x = i * 64u + 4u * step;
      let y = i * 64u + across;
      let columns = vec4<f32>(right[y], right[y + 1u], right[y + 2u], right[y + 3u]);
      c0 += left[x] * columns;
      c1 += left[x + 1u] * columns;
      c2 += left[x + 2u] * columns;
      c3 += left[x + 3u] * columns;
    }
  }
  var tile = array<vec4<f32>, 4>(c0, c1, c2, c3);
  for (var i = 0u; i < 4u; i++) {
    let row = slot + 4u * step + i;
    if (row <= lastSlot && column + across < sizes.n) { finish(row, expert, column + across, tile[i]); }
  }
}
