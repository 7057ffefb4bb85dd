// dK and dV of attention: with P, dP, dS and D as in backward-queries.wgsl, dV = dropout(P)ᵀ·dO and dK = dSᵀ·Q / √size.
// A thread owns keys and values and streams over queries. Writes the last two thirds of dProjected. Constants: see shared.wgsl.
@group(0) @binding(0) var<storage, read> projected: array<vec4<f32>>;           // [batch, time, 3, heads, CHUNKS]
@group(0) @binding(1) var<storage, read> dJoined: array<vec4<f32>>;             // [batch, time, heads, CHUNKS]
@group(0) @binding(2) var<storage, read> logSum: array<f32>;                    // [batch, heads, time]
@group(0) @binding(3) var<storage, read> delta: array<f32>;                     // D: [batch, heads, time]
@group(0) @binding(4) var<storage, read_write> dProjected: array<vec4<f32>>;    // [batch, time, 3, heads, CHUNKS]
@group(0) @binding(5) var<uniform> sizes: Sizes;

fn tile(start: u32, rows: vec4<u32>) -> Tile {
  return Tile(projected[start + rows.x], projected[start + rows.y], projected[start + rows.z], projected[start + rows.w]);
}

fn upstream(start: u32, rows: vec4<u32>) -> Tile {
  return Tile(dJoined[start + rows.x], dJoined[start + rows.y], dJoined[start + rows.z], dJoined[start + rows.w]);
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let thread = id.x + id.y * sizes.across;
  if (thread >= sizes.threads) { return; }
  let work = work_of(thread);
  // A head's factor on dO: on V for dP, and on the sum for dV.
  let factor = head_factor(work.pair);
  let perBar = work.pair * sizes.time;
  var k: array<Tile, TILES * CHUNKS>;
  var v: array<Tile, TILES * CHUNKS>;
  var dK: array<Tile, TILES * CHUNKS>;
  var dV: array<Tile, TILES * CHUNKS>;
  for (var t = 0u; t < TILES; t++) {
    let own = bars(work.first + 4u * t) * work.row;
    for (var c = 0u; c < CHUNKS; c++) {
      k[t * CHUNKS + c] = tile(work.key + c, own) * (sizes.scale * toLog2);
      v[t * CHUNKS + c] = tile(work.value + c, own) * factor;
    }
  }
  let place = thread % SHARERS;
  for (var i = work.start; i < work.end; i += 4u * SHARERS) {
    let streamed = bars(i + 4u * place);
    let rows = streamed * work.row;
    let joinedRows = streamed * work.joinedRow;
    let at = perBar + streamed;
    let logs = vec4<f32>(logSum[at.x], logSum[at.y], logSum[at.z], logSum[at.w]);
    let d = vec4<f32>(delta[at.x], delta[at.y], delta[at.z], delta[at.w]);
    var scores: array<Tile, SHARERS * TILES>;
    var dP: array<Tile, SHARERS * TILES>;
    for (var m = 0u; m < SHARERS; m++) {
      let theirs = neighbour(Tile(logs, d, logs, d), m);
      for (var t = 0u; t < TILES; t++) {
        scores[m * TILES + t] = lower_rows(mask(work.first + 4u * t, i + 4u * (place ^ m), work.end), theirs[0]);
        // Not by its declaration: SwiftShader clears an array declared in a loop once, not each time round.
        dP[m * TILES + t] = Tile();
      }
    }
    for (var c = 0u; c < CHUNKS; c++) {
      let q = transpose(tile(work.query + c, rows));
      let dO = transpose(upstream(work.joined + c, joinedRows));
      for (var m = 0u; m < SHARERS; m++) {
        let theirQ = neighbour(q, m);
        let theirs = neighbour(dO, m);
        for (var t = 0u; t < TILES; t++) {
          scores[m * TILES + t] += theirQ * k[t * CHUNKS + c];
          dP[m * TILES + t] += theirs * v[t * CHUNKS + c];
        }
      }
    }
    for (var m = 0u; m < SHARERS; m++) {
      let theirs = neighbour(Tile(logs, d, logs, d), m);
      let at = i + 4u * (place ^ m);
      for (var t = 0u; t < TILES; t++) {
        let own = work.first + 4u * t;
        let weights = powers(scores[m * TILES + t]);
        let dropped = drop_weights(dP[m * TILES + t], work.pair, own, 1u, at, sizes.time);
        scores[m * TILES + t] = each(weights, lower_rows(dropped, theirs[1]));
        dP[m * TILES + t] = drop_weights(weights, work.pair, own, 1u, at, sizes.time);
      }
    }
    for (var c = 0u; c < CHUNKS; c++) {
      let q = tile(work.query + c, rows);
      let dO = upstream(work.joined + c, joinedRows);
      for (var m = 0u; m < SHARERS; m++) {
        let theirQ = neighbour(q, m);
        let theirs = neighbour(dO, m);
        for (var t = 0u; t < TILES; t++) {
          dK[t * CHUNKS + c] += theirQ * scores[m * TILES + t];
          dV[t * CHUNKS + c] += theirs * dP[m * TILES + t];
        }
      }
    }
  }
  for (var t = 0u; t < TILES; t++) {
    for (var c = 0u; c < CHUNKS; c++) {
      let key = dK[t * CHUNKS + c] * sizes.scale;
      let value = dV[t * CHUNKS + c] * factor;
      for (var i = 0u; i < 4u; i++) {
        let bar = work.first + 4u * t + i;
        if (bar < sizes.time) {
          dProjected[work.key + bar * work.row + c] = key[i];
          dProjected[work.value + bar * work.row + c] = value[i];
        }
      }
    }
  }
}
