// The product of grouped.wgsl for software adapters whose subgroups are four threads: a quad has 32 slots of one expert (a tile of the plan) by
// 16·QUADS columns. Each thread loads eight slots and 4·QUADS columns of its own, and the columns go round the quad (matmul/quad-tile.wgsl).
// Constants: GATHER, TRANSPOSE_B as there, QUADS, CHUNKS (times four of k in one turn of the loop).
// Quads: a (0), b (1).
struct Sizes {
  tiles: u32, k: u32, n: u32, tokensAt: u32, experts: u32,
  seed: u32, threshold: u32, scale: f32, first: u32, // dropout
}
//                            0 a: [slots or tokens, k]
//                            1 b: [experts, n, k] or [experts, k, n]
@group(0) @binding(2) var<storage, read> plan: array<u32>; // see plan.wgsl

fn start_of(slot: u32) -> u32 {
  if (GATHER) { return plan[sizes.tokensAt + slot] * sizes.k; }
  return slot * sizes.k;
}

@compute @workgroup_size(16)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) local: u32) {
  let index = group.y * 4u + local / 4u;
  if (index >= sizes.tiles) { return; }
  let expert = plan[sizes.experts + 1u + 2u * index];
  if (expert >= sizes.experts) { return; }
  let lane = local % 4u;
  let slot = plan[sizes.experts + 2u + 2u * index] + 8u * lane;
  let firstColumn = group.x * (16u * QUADS);
  // Rows and columns past the edge repeat the last one; their results are not stored.
  let lastSlot = plan[expert + 1u] - 1u;
  let lastColumn = sizes.n - 1u;
  let offset = expert * sizes.n * sizes.k;
  //#repeat r 8
  let a{r} = start_of(min(slot + {r}u, lastSlot));
  //#end
  //#repeat j QUADS
  let column{j} = min(firstColumn + (lane * QUADS + {j}u) * 4u, lastColumn);
  //#repeat r 8
  //#repeat s 4
  var c{s}_{r}_{j} = vec4<f32>();
  //#end
  //#end
  //#end
  for (var turn = 0u; turn < sizes.k; turn += 4u * CHUNKS) {
    //#repeat h CHUNKS
    {
      let k = turn + 4u * {h}u;
      let left = sizes.k - k;
      //#repeat r 8
      let row{r} = a_at(a{r} + k, left);
      //#end
      //#repeat j QUADS
      {
        //#if TRANSPOSE_B
        let b0 = transpose(mat4x4<f32>(
          b_at(offset + column{j} * sizes.k + k, left),
          b_at(offset + min(column{j} + 1u, lastColumn) * sizes.k + k, left),
          b_at(offset + min(column{j} + 2u, lastColumn) * sizes.k + k, left),
          b_at(offset + min(column{j} + 3u, lastColumn) * sizes.k + k, left),
        ));
        //#else
        let at = offset + k * sizes.n + column{j};
        let across = sizes.n - column{j};
        let b0 = mat4x4<f32>(b_at(at, across), b_at(at + sizes.n, across), b_at(at + 2u * sizes.n, across), b_at(at + 3u * sizes.n, across));
        //#end
        let b1 = neighbour(b0, 1u);
        let b2 = neighbour(b0, 2u);
        let b3 = neighbour(b0, 3u);
        //#repeat r 8
        //#repeat s 4
        c{s}_{r}_{j} += b{s} * row{r};
        //#end
        //#end
      }
      //#end
    }
    //#end
  }
  var tile: array<vec4<f32>, 32u * QUADS>;
  //#repeat s 4
  //#repeat r 8
  //#repeat j QUADS
  tile[({s}u * 8u + {r}u) * QUADS + {j}u] = c{s}_{r}_{j};
  //#end
  //#end
  //#end
  var i = 0u;
  for (var s = 0u; s < 4u; s++) {
    for (var r = 0u; r < 8u; r++) {
      for (var j = 0u; j < QUADS; j++) {
        let at = firstColumn + ((lane ^ s) * QUADS + j) * 4u;
        if (slot + r <= lastSlot && at < sizes.n) { finish(slot + r, expert, at, tile[i]); }
        i++;
      }
    }
  }
}
