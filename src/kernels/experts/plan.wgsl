// From each chunk's counts to where every expert's slots lie, the tiles of rows that cover them, load and auxiliary loss:
// load_e = experts·f_e, auxiliary = Σ load_e·P_e. One workgroup, one thread an expert; sums run over the chunks in order.
// The plan, in words: [experts + 1] first slot of each expert, [tiles, 2] expert and first slot of a tile (expert = experts: surplus),
// [slots] token of each slot, which place.wgsl fills. Constants: TILE (rows of a tile).
struct Sizes { chunks: u32, tiles: u32, experts: u32 }
@group(0) @binding(0) var<storage, read> counts: array<u32>;           // [chunks, experts]
@group(0) @binding(1) var<storage, read> sums: array<f32>;             // [chunks, experts, 2]
@group(0) @binding(2) var<storage, read_write> plan: array<u32>;
@group(0) @binding(3) var<storage, read_write> before: array<u32>;     // [chunks, experts] slots of the expert in earlier chunks
@group(0) @binding(4) var<storage, read_write> auxiliary: array<f32>;  // [1]
@group(0) @binding(5) var<storage, read_write> load: array<f32>;       // [experts]
@group(0) @binding(6) var<uniform> sizes: Sizes;

var<workgroup> totals: array<u32, 64>;
var<workgroup> losses: array<f32, 64>;

@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) e: u32) {
  if (e < sizes.experts) {
    var count = 0u;
    var sum = vec2<f32>();
    for (var at = e; at < sizes.chunks * sizes.experts; at += sizes.experts) {
      before[at] = count;
      count += counts[at];
      sum += vec2<f32>(sums[2u * at], sums[2u * at + 1u]);
    }
    totals[e] = count;
    // Each token has two slots, so the shares of slots sum to one at half of this.
    let ratio = sum.x * (f32(sizes.experts) / 2.0);
    load[e] = ratio;
    losses[e] = ratio * sum.y;
  }
  workgroupBarrier();
  // Where this thread's expert begins; threads past the last expert stand at the end.
  var slot = 0u;
  var tile = 0u;
  for (var i = 0u; i < min(e, sizes.experts); i++) {
    slot += totals[i];
    tile += (totals[i] + TILE - 1u) / TILE;
  }
  if (e < sizes.experts) {
    plan[e] = slot;
    let end = slot + totals[e];
    for (; slot < end; slot += TILE) {
      plan[sizes.experts + 1u + 2u * tile] = e;
      plan[sizes.experts + 2u + 2u * tile] = slot;
      tile++;
    }
    if (e == sizes.experts - 1u) {
      plan[sizes.experts] = end;
      for (; tile < sizes.tiles; tile++) {
        plan[sizes.experts + 1u + 2u * tile] = sizes.experts;
        plan[sizes.experts + 2u + 2u * tile] = end;
      }
    }
  }
  if (e == 0u) {
    var sum = 0.0;
    for (var i = 0u; i < sizes.experts; i++) { sum += losses[i]; }
    auxiliary[0] = sum;
  }
}
