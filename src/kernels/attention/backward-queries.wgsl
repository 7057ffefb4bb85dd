// dQ of attention, the weights P computed anew from the scores and their log-sum: P = e^(score − logSum), dP = dropout(dO·Vᵀ),
// dS = P·(dP − D) with D = Σ dO·O along the head, dQ = dS·K / √size. A thread owns queries and streams over keys and values.
// Writes the first third of dProjected (backward-keys.wgsl writes the rest) and D. Constants: see shared.wgsl.
@group(0) @binding(0) var<storage, read> projected: array<vec4<f32>>;           // [batch, time, 3, heads, CHUNKS]
@group(0) @binding(1) var<storage, read> joined: array<vec4<f32>>;              // [batch, time, heads, CHUNKS]
@group(0) @binding(2) var<storage, read> dJoined: array<vec4<f32>>;             // [batch, time, heads, CHUNKS]
@group(0) @binding(3) var<storage, read> logSum: array<f32>;                    // [batch, heads, time]
@group(0) @binding(4) var<storage, read_write> dProjected: array<vec4<f32>>;    // [batch, time, 3, heads, CHUNKS]
@group(0) @binding(5) var<storage, read_write> delta: array<f32>;               // D: [batch, heads, time]
@group(0) @binding(6) var<uniform> sizes: Sizes;

fn tile(start: u32, rows: vec4<u32>) -> Tile {
  return Tile(projected[start + rows.x], projected[start + rows.y], projected[start + rows.z], projected[start + rows.w]);
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let thread = id.x + id.y * sizes.across;
  if (thread >= sizes.threads) { return; }
  let work = work_of(thread);
  let factor = head_factor(work.pair);
  let perBar = work.pair * sizes.time;
  var q: array<Tile, TILES * CHUNKS>;
  var dO: array<Tile, TILES * CHUNKS>;
  var dQ: array<Tile, TILES * CHUNKS>;
  var logs: array<vec4<f32>, TILES>;
  var d: array<vec4<f32>, TILES>;
  for (var t = 0u; t < TILES; t++) {
    let own = bars(work.first + 4u * t);
    logs[t] = vec4<f32>(logSum[perBar + own.x], logSum[perBar + own.y], logSum[perBar + own.z], logSum[perBar + own.w]);
    for (var c = 0u; c < CHUNKS; c++) {
      q[t * CHUNKS + c] = tile(work.query + c, own * work.row) * (sizes.scale * toLog2);
      let at = work.joined + c + own * work.joinedRow;
      let o = Tile(joined[at.x], joined[at.y], joined[at.z], joined[at.w]);
      let upstream = Tile(dJoined[at.x], dJoined[at.y], dJoined[at.z], dJoined[at.w]);
      d[t] += vec4<f32>(1.0) * each(o, upstream);
      dO[t * CHUNKS + c] = upstream * factor;
    }
  }
  let place = thread % SHARERS;
  for (var j = work.start; j < work.end; j += 4u * SHARERS) {
    let rows = bars(j + 4u * place) * work.row;
    var scores: array<Tile, SHARERS * TILES>;
    var dP: array<Tile, SHARERS * TILES>;
    for (var m = 0u; m < SHARERS; m++) {
      for (var t = 0u; t < TILES; t++) {
        scores[m * TILES + t] = lower(mask(work.first + 4u * t, j + 4u * (place ^ m), work.end), logs[t]);
        // Not by its declaration: SwiftShader clears an array declared in a loop once, not each time round.
        dP[m * TILES + t] = Tile();
      }
    }
    for (var c = 0u; c < CHUNKS; c++) {
      let k = transpose(tile(work.key + c, rows));
      let v = transpose(tile(work.value + c, rows));
      for (var m = 0u; m < SHARERS; m++) {
        let theirK = neighbour(k, m);
        let theirV = neighbour(v, m);
        for (var t = 0u; t < TILES; t++) {
          scores[m * TILES + t] += theirK * q[t * CHUNKS + c];
          dP[m * TILES + t] += theirV * dO[t * CHUNKS + c];
        }
      }
    }
    for (var m = 0u; m < SHARERS; m++) {
      for (var t = 0u; t < TILES; t++) {
        let dropped = drop_weights(dP[m * TILES + t], work.pair, work.first + 4u * t, sizes.time, j + 4u * (place ^ m), 1u);
        scores[m * TILES + t] = each(powers(scores[m * TILES + t]), lower(dropped, d[t]));
      }
    }
    for (var c = 0u; c < CHUNKS; c++) {
      let k = tile(work.key + c, rows);
      for (var m = 0u; m < SHARERS; m++) {
        let theirs = neighbour(k, m);
        for (var t = 0u; t < TILES; t++) {
          dQ[t * CHUNKS + c] += theirs * scores[m * TILES + t];
        }
      }
    }
  }
  for (var t = 0u; t < TILES; t++) {
    for (var i = 0u; i < 4u; i++) {
      let bar = work.first + 4u * t + i;
      if (bar < sizes.time) {
        delta[perBar + bar] = d[t][i];
      }
    }
    for (var c = 0u; c < CHUNKS; c++) {
      let result = dQ[t * CHUNKS + c] * sizes.scale;
      for (var i = 0u; i < 4u; i++) {
        let bar = work.first + 4u * t + i;
        if (bar < sizes.time) {
          dProjected[work.query + bar * work.row + c] = result[i];
        }
      }
    }
  }
}
