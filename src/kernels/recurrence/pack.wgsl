// The hidden weights of a recurrence in the order in which it reads them. One thread four values, whose place says which they are.
// Plain: a unit's gates side by side (the fourth zero where there are three), forward [from, to], backward [to, from].
// QUADS (see quad-product.wgsl): [FOURS, THREADS, BLOCKS] of matrices, four of k by four rows. Forward k counts the units that a state comes from and
// a block is a gate; backward k counts [gate, unit], and the blocks are the units that a thread's gradient belongs to.
// Constants: HIDDEN, GATES, BACKWARD, QUADS; with QUADS also THREADS and BLOCKS.
@group(0) @binding(#) var<storage, read> weight: array<f32>;             // [gates·hidden to, hidden from]
@group(0) @binding(#) var<storage, read_write> packed: array<vec4<f32>>;
struct Sizes { across: u32, count: u32 }
@group(0) @binding(#) var<uniform> sizes: Sizes;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = id.x + id.y * sizes.across;
  if (i >= sizes.count) { return; }
  //#if QUADS
  let block = i / 4u % BLOCKS;
  let thread = i / (4u * BLOCKS) % THREADS;
  let k = i / (4u * BLOCKS * THREADS) * 4u + i % 4u;
  //#if BACKWARD
  let at = k * HIDDEN + (thread * BLOCKS + block) * 4u;
  let apart = 1u;
  //#else
  let at = (block * HIDDEN + thread * 4u) * HIDDEN + k;
  let apart = HIDDEN;
  //#end
  packed[i] = vec4<f32>(weight[at], weight[at + apart], weight[at + 2u * apart], weight[at + 3u * apart]);
  //#else
  let row = i / HIDDEN;
  let column = i % HIDDEN;
  let to = select(column, row, BACKWARD);
  let at = to * HIDDEN + select(row, column, BACKWARD);
  let plane = HIDDEN * HIDDEN;
  var fourth = 0.0;
  if (GATES == 4u) { fourth = weight[at + 3u * plane]; }
  packed[i] = vec4<f32>(weight[at], weight[at + plane], weight[at + 2u * plane], fourth);
  //#end
}
