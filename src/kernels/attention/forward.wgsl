// O = dropout(softmax(Q·Kᵀ / √size))·V, one pass over the keys: with t the largest score so far, s ← s·e^(t−t′) + Σ e^(score−t′) and
// O ← O·e^(t−t′) + Σ e^(score−t′)·V, and O/s at the end. Powers are of two, scores and their log-sum in units of ln 2.
// A thread owns queries and streams over keys and values; the scores never reach memory. Constants: see shared.wgsl.
@group(0) @binding(0) var<storage, read> projected: array<vec4<f32>>;       // [batch, time, 3, heads, CHUNKS]
@group(0) @binding(1) var<storage, read_write> joined: array<vec4<f32>>;    // [batch, time, heads, CHUNKS]
@group(0) @binding(2) var<storage, read_write> logSum: array<f32>;          // [batch, heads, time]
@group(0) @binding(3) var<uniform> sizes: Sizes;

fn tile(start: u32, rows: vec4<u32>) -> Tile {
  return Tile(projected[start + rows.x], projected[start + rows.y], projected[start + rows.z], projected[start + rows.w]);
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let thread = id.x + id.y * sizes.across;
  if (thread >= sizes.threads) { return; }
  let work = work_of(thread);
  var q: array<Tile, TILES * CHUNKS>;
  var o: array<Tile, TILES * CHUNKS>;
  var top: array<vec4<f32>, TILES>;
  var sum: array<vec4<f32>, TILES>;
  for (var t = 0u; t < TILES; t++) {
    top[t] = vec4<f32>(never);
    for (var c = 0u; c < CHUNKS; c++) {
      q[t * CHUNKS + c] = tile(work.query + c, bars(work.first + 4u * t) * work.row) * (sizes.scale * toLog2);
    }
  }
  let place = thread % SHARERS;
  for (var j = work.start; j < work.end; j += 4u * SHARERS) {
    let rows = bars(j + 4u * place) * work.row;
    var scores: array<Tile, SHARERS * TILES>;
    var fade: array<vec4<f32>, TILES>;
    for (var m = 0u; m < SHARERS; m++) {
      for (var t = 0u; t < TILES; t++) {
        scores[m * TILES + t] = mask(work.first + 4u * t, j + 4u * (place ^ m), work.end);
      }
    }
    for (var c = 0u; c < CHUNKS; c++) {
      let k = transpose(tile(work.key + c, rows));
      for (var m = 0u; m < SHARERS; m++) {
        let theirs = neighbour(k, m);
        for (var t = 0u; t < TILES; t++) {
          scores[m * TILES + t] += theirs * q[t * CHUNKS + c];
        }
      }
    }
    for (var t = 0u; t < TILES; t++) {
      fade[t] = top[t];
      for (var m = 0u; m < SHARERS; m++) {
        let s = scores[m * TILES + t];
        top[t] = max(top[t], vec4<f32>(largest(s[0]), largest(s[1]), largest(s[2]), largest(s[3])));
      }
      fade[t] = exp2(fade[t] - top[t]);
      sum[t] = sum[t] * fade[t];
      for (var m = 0u; m < SHARERS; m++) {
        let weights = powers(lower(scores[m * TILES + t], top[t]));
        sum[t] += vec4<f32>(1.0) * weights;
        scores[m * TILES + t] = drop_weights(weights, work.pair, work.first + 4u * t, sizes.time, j + 4u * (place ^ m), 1u);
      }
    }
    for (var c = 0u; c < CHUNKS; c++) {
      let v = tile(work.value + c, rows);
      for (var t = 0u; t < TILES; t++) {
        o[t * CHUNKS + c] = columns(o[t * CHUNKS + c], fade[t]);
      }
      for (var m = 0u; m < SHARERS; m++) {
        let theirs = neighbour(v, m);
        for (var t = 0u; t < TILES; t++) {
          o[t * CHUNKS + c] += theirs * scores[m * TILES + t];
        }
      }
    }
  }
  let factor = head_factor(work.pair);
  for (var t = 0u; t < TILES; t++) {
    let share = factor / sum[t];
    let logs = top[t] + log2(sum[t]);
    for (var i = 0u; i < 4u; i++) {
      let bar = work.first + 4u * t + i;
      if (bar < sizes.time) {
        logSum[work.pair * sizes.time + bar] = logs[i];
      }
    }
    for (var c = 0u; c < CHUNKS; c++) {
      let result = columns(o[t * CHUNKS + c], share);
      for (var i = 0u; i < 4u; i++) {
        let bar = work.first + 4u * t + i;
        if (bar < sizes.time) {
          joined[work.joined + bar * work.joinedRow + c] = result[i];
        }
      }
    }
  }
}
