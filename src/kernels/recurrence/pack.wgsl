// The hidden weights of a recurrence with a unit's gates side by side as the lanes of a vec4 (the fourth zero where there are three), for both passes:
// forward [from, to], backward [to, from]. One thread a pair of units. Constants: HIDDEN, FOUR, BACKWARD.
@group(0) @binding(#) var<storage, read> weight: array<f32>;             // [gates·hidden to, hidden from]
@group(0) @binding(#) var<storage, read_write> packed: array<vec4<f32>>; // [hidden, hidden]
struct Sizes { across: u32 }
@group(0) @binding(#) var<uniform> sizes: Sizes;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = id.x + id.y * sizes.across;
  if (i >= HIDDEN * HIDDEN) { return; }
  let row = i / HIDDEN;
  let column = i % HIDDEN;
  let to = select(column, row, BACKWARD);
  let at = to * HIDDEN + select(row, column, BACKWARD);
  let plane = HIDDEN * HIDDEN;
  var fourth = 0.0;
  //#if FOUR
  fourth = weight[at + 3u * plane];
  //#end
  packed[i] = vec4<f32>(weight[at], weight[at + plane], weight[at + 2u * plane], fourth);
}
