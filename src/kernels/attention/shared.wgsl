// What the kernels of attention share. Time is cut in tiles of four: a thread owns TILES tiles of one (batch, head) and streams over the
// others. A 4×4 tile of scores has the owned bars as columns and the streamed ones as rows. Vectors of a head come in CHUNKS of four.
// SHARERS neighbouring threads, one or the four of a subgroup, load a streamed tile each and hand it round: a software adapter pays for loading.
// Constants: CHUNKS, TILES, SHARERS, QUADS (SHARERS are four), LOCAL (only where |i − j| ≤ window), DROP (weights are dropped).
alias Tile = mat4x4<f32>;

//#if QUADS
//#else
// Who loads alone needs nobody's.
fn neighbour(x: Tile, m: u32) -> Tile { return x; }
//#end

struct Sizes {
  time: u32, heads: u32, window: u32, threadsPerHead: u32, threads: u32, across: u32, scale: f32,
  weightSeed: u32, weightThreshold: u32, weightScale: f32, weightFirst: u32,
  headSeed: u32, headThreshold: u32, headScale: f32, headFirst: u32,
}

const never = -1e30;
const steps = vec4<u32>(0u, 1u, 2u, 3u);
const toLog2 = 1.4426950408889634;

struct Work {
  pair: u32,   // batch·heads + head
  first: u32,  // first bar that this thread owns
  start: u32,  // first bar that it streams over
  end: u32,
  row: u32,    // vec4s from bar to bar in [batch, time, 3, heads, CHUNKS]
  query: u32,  // where this head's query of bar 0 lies there
  key: u32,
  value: u32,
  joinedRow: u32, // the same in [batch, time, heads, CHUNKS]
  joined: u32,
}

fn work_of(thread: u32) -> Work {
  let pair = thread / sizes.threadsPerHead;
  let within = thread % sizes.threadsPerHead;
  let batch = pair / sizes.heads;
  let head = pair % sizes.heads;
  let width = sizes.heads * CHUNKS;
  let query = batch * sizes.time * 3u * width + head * CHUNKS;
  var work = Work(pair, within * 4u * TILES, 0u, sizes.time, 3u * width, query, query + width, query + 2u * width,
    width, batch * sizes.time * width + head * CHUNKS);
  if (LOCAL) {
    // Four neighbouring threads run in step and load the same bars, the union of what they need: one load serves all.
    let together = (within & ~3u) * 4u * TILES;
    work.start = max(together, sizes.window) - sizes.window;
    work.end = min(sizes.time, together + 16u * TILES + sizes.window);
  }
  return work;
}

// Four bars from `bar` on; past the end the last one again, whose results are masked or not stored.
fn bars(bar: u32) -> vec4<u32> { return min(vec4<u32>(bar) + steps, vec4<u32>(sizes.time - 1u)); }

// What scores of the owned tile against the streamed tile start from: 0, or so low that their weight is 0.
fn mask(own: u32, streamed: u32, end: u32) -> Tile {
  let bar = vec4<u32>(streamed) + steps;
  if (!LOCAL) {
    let column = select(vec4<f32>(0.0), vec4<f32>(never), bar >= vec4<u32>(end));
    return Tile(column, column, column, column);
  }
  // Of unsigned numbers, streamed − (own − window) ≤ 2·window holds only inside the band.
  let apart = bar + sizes.window - own;
  let past = bar >= vec4<u32>(end);
  let most = vec4<u32>(2u * sizes.window);
  return Tile(
    select(vec4<f32>(0.0), vec4<f32>(never), past | (apart > most)),
    select(vec4<f32>(0.0), vec4<f32>(never), past | (apart - 1u > most)),
    select(vec4<f32>(0.0), vec4<f32>(never), past | (apart - 2u > most)),
    select(vec4<f32>(0.0), vec4<f32>(never), past | (apart - 3u > most)),
  );
}

fn drop_four(index: vec4<u32>) -> vec4<f32> {
  return vec4<f32>(
    dropout_factor(sizes.weightSeed, sizes.weightThreshold, sizes.weightScale, index.x),
    dropout_factor(sizes.weightSeed, sizes.weightThreshold, sizes.weightScale, index.y),
    dropout_factor(sizes.weightSeed, sizes.weightThreshold, sizes.weightScale, index.z),
    dropout_factor(sizes.weightSeed, sizes.weightThreshold, sizes.weightScale, index.w),
  );
}

// A tile of weights times dropout's factors; weights are numbered as in [batch, heads, time, time].
fn drop_weights(weights: Tile, pair: u32, own: u32, ownStride: u32, streamed: u32, streamedStride: u32) -> Tile {
  if (!DROP) { return weights; }
  let index = sizes.weightFirst + pair * sizes.time * sizes.time + own * ownStride + (streamed + steps) * streamedStride;
  return Tile(
    weights[0] * drop_four(index),
    weights[1] * drop_four(index + ownStride),
    weights[2] * drop_four(index + 2u * ownStride),
    weights[3] * drop_four(index + 3u * ownStride),
  );
}

fn head_factor(pair: u32) -> f32 {
  return dropout_factor(sizes.headSeed, sizes.headThreshold, sizes.headScale, sizes.headFirst + pair);
}

fn each(a: Tile, b: Tile) -> Tile { return Tile(a[0] * b[0], a[1] * b[1], a[2] * b[2], a[3] * b[3]); }
fn columns(a: Tile, factors: vec4<f32>) -> Tile { return Tile(a[0] * factors.x, a[1] * factors.y, a[2] * factors.z, a[3] * factors.w); }
fn lower(a: Tile, by: vec4<f32>) -> Tile { return Tile(a[0] - by.x, a[1] - by.y, a[2] - by.z, a[3] - by.w); }
fn lower_rows(a: Tile, by: vec4<f32>) -> Tile { return Tile(a[0] - by, a[1] - by, a[2] - by, a[3] - by); }
fn powers(a: Tile) -> Tile { return Tile(exp2(a[0]), exp2(a[1]), exp2(a[2]), exp2(a[3])); }
fn largest(v: vec4<f32>) -> f32 { return max(max(v.x, v.y), max(v.z, v.w)); }
