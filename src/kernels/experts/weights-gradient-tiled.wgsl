// The sums of weights-gradient.wgsl for GPUs: a workgroup has 64 rows by 64 columns of C[e], sixteen slots at a time in workgroup memory,
// and each of its 256 threads four by four of C in registers. Quads: a (0), b (1), c (3), bias (4).
struct Sizes {
  m: u32, n: u32, tokensAt: u32, experts: u32,
  gather: u32,     // B's row is the slot's token, else the slot
  accumulate: u32, // add to what is there
}
//                            0 a: [slots, m]
//                            1 b: [slots or tokens, n]
@group(0) @binding(2) var<storage, read> plan: array<u32>; // see plan.wgsl
//                            3 c: [experts, m, n]
//                            4 bias: [experts, m]
@group(0) @binding(5) var<uniform> sizes: Sizes;

var<workgroup> left: array<vec4<f32>, 256>;  // [16 slots, 16 quads of rows]
var<workgroup> right: array<vec4<f32>, 256>; // [16 slots, 16 quads of columns]

@compute @workgroup_size(256)
fn main(@builtin(local_invocation_index) local: u32, @builtin(workgroup_id) group: vec3<u32>) {
  let expert = group.z;
  let down = local / 16u;
  let across = local % 16u;
  let end = plan[expert + 1u];
  // Quads past the edge repeat the last one; their results are not stored.
  let rowA = min(group.y * 64u + 4u * across, sizes.m - 1u);
  let columnB = min(group.x * 64u + 4u * across, sizes.n - 1u);
  var sum = vec4<f32>();
  var c0 = vec4<f32>(); var c1 = vec4<f32>(); var c2 = vec4<f32>(); var c3 = vec4<f32>();
  for (var first = plan[expert]; first < end; first += 16u) {
    let slot = first + down;
    var a = vec4<f32>();
    var b = vec4<f32>();
    if (slot < end) {
      a = a_at(slot * sizes.m + rowA, sizes.m - rowA);
      var line = slot;
      if (sizes.gather != 0u) { line = plan[sizes.tokensAt + slot]; }
      b = b_at(line * sizes.n + columnB, sizes.n - columnB);
    }
    workgroupBarrier();
    left[local] = a;
    right[local] = b;
    workgroupBarrier();
    for (var i = 0u; i < 256u; i += 16u) {
      let rows = left[i + down];
      let columns = right[i + across];
      sum += rows;
      c0 += rows.x * columns;
      c1 += rows.y * columns;
      c2 += rows.z * columns;
      c3 += rows.w * columns;
    }
  }
  let row = group.y * 64u + 4u * down;
  let column = group.x * 64u + 4u * across;
  var tile = array<vec4<f32>, 4>(c0, c1, c2, c3);
  if (column < sizes.n) {
    let room = sizes.n - column;
    for (var i = 0u; i < 4u; i++) {
      if (row + i >= sizes.m) { break; }
      let at = (expert * sizes.m + row + i) * sizes.n + column;
      var value = tile[i];
      if (sizes.accumulate != 0u) { value += c_at(at, room); }
      put_c(at, room, value);
    }
  }
  if (column > 0u || row >= sizes.m) { return; }
  let at = expert * sizes.m + row;
  if (sizes.accumulate != 0u) { sum += bias_at(at, sizes.m - row); }
  put_bias(at, sizes.m - row, sum);
}
