// Rows of a table by slot: brought out of it, or written into it where SCATTER. One thread a value.
struct Sizes { count: u32, across: u32, width: u32 }
//#if SCATTER
@group(0) @binding(#) var<storage, read> rows: array<f32>;           // [n, width]
@group(0) @binding(#) var<storage, read> slots: array<i32>;          // [n]; a slot that stands twice gets the same row twice
@group(0) @binding(#) var<storage, read_write> table: array<f32>;    // [slots, width]
//#else
@group(0) @binding(#) var<storage, read> table: array<f32>;
@group(0) @binding(#) var<storage, read> slots: array<i32>;
@group(0) @binding(#) var<storage, read_write> rows: array<f32>;
//#end
@group(0) @binding(#) var<uniform> sizes: Sizes;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = id.x + id.y * sizes.across;
  if (i >= sizes.count) { return; }
  let at = u32(slots[i / sizes.width]) * sizes.width + i % sizes.width;
  //#if SCATTER
  table[at] = rows[i];
  //#else
  rows[i] = table[at];
  //#end
}
