// weights-gradient.wgsl for software adapters whose subgroups are four threads: a quad has 32 rows by 16·QUADS columns of C. Each thread loads
// eight rows and 4·QUADS columns of its own, and the columns go round the quad (matmul/quad-tile.wgsl); slots are taken four at a time, twice a turn.
// Quads: a (0), b (1), c (3), bias (4). Constant: QUADS.
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

fn row_of(slot: u32) -> u32 {
  if (sizes.gather != 0u) { return plan[sizes.tokensAt + slot]; }
  return slot;
}

fn store(at: u32, left: u32, value: vec4<f32>) {
  var sum = value;
  if (sizes.accumulate != 0u) { sum += c_at(at, left); }
  put_c(at, left, sum);
}

fn store_bias(at: u32, left: u32, value: vec4<f32>) {
  var sum = value;
  if (sizes.accumulate != 0u) { sum += bias_at(at, left); }
  put_bias(at, left, sum);
}

@compute @workgroup_size(16)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) local: u32) {
  let lane = local % 4u;
  let row = (group.y * 16u + local) * 8u;
  let firstColumn = group.x * (16u * QUADS);
  let expert = group.z;
  // Quads past the edge repeat the last one; their results are not stored.
  let row0 = min(row, sizes.m - 1u);
  let row1 = min(row + 4u, sizes.m - 1u);
  //#repeat j QUADS
  let column{j} = min(firstColumn + (lane * QUADS + {j}u) * 4u, sizes.n - 1u);
  //#end
  //#repeat g 2
  let leftA{g} = sizes.m - row{g};
  var sum{g} = vec4<f32>();
  //#repeat e 4
  //#repeat j QUADS
  //#repeat s 4
  var c{s}_{g}_{e}_{j} = vec4<f32>();
  //#end
  //#end
  //#end
  //#end
  let end = plan[expert + 1u];
  for (var turn = plan[expert]; turn < end; turn += 8u) {
    //#repeat h 2
    {
      // Slots past the last one count as zeros.
      //#repeat q 4
      let slot{q} = min(turn + 4u * {h}u + {q}u, end - 1u);
      let real{q} = turn + 4u * {h}u + {q}u < end;
      let at{q} = row_of(slot{q}) * sizes.n;
      //#end
      //#repeat g 2
      let a{g} = transpose(mat4x4<f32>(
        select(vec4<f32>(), a_at(slot0 * sizes.m + row{g}, leftA{g}), real0),
        select(vec4<f32>(), a_at(slot1 * sizes.m + row{g}, leftA{g}), real1),
        select(vec4<f32>(), a_at(slot2 * sizes.m + row{g}, leftA{g}), real2),
        select(vec4<f32>(), a_at(slot3 * sizes.m + row{g}, leftA{g}), real3),
      ));
      sum{g} += vec4<f32>(1.0) * a{g};
      //#end
      //#repeat j QUADS
      {
        let left = sizes.n - column{j};
        let b0 = mat4x4<f32>(b_at(at0 + column{j}, left), b_at(at1 + column{j}, left), b_at(at2 + column{j}, left), b_at(at3 + column{j}, left));
        let b1 = neighbour(b0, 1u);
        let b2 = neighbour(b0, 2u);
        let b3 = neighbour(b0, 3u);
        //#repeat g 2
        //#repeat e 4
        //#repeat s 4
        c{s}_{g}_{e}_{j} += b{s} * a{g}[{e}];
        //#end
        //#end
        //#end
      }
      //#end
    }
    //#end
  }
  var tile: array<vec4<f32>, 32u * QUADS>;
  //#repeat s 4
  //#repeat g 2
  //#repeat e 4
  //#repeat j QUADS
  tile[(({s}u * 2u + {g}u) * 4u + {e}u) * QUADS + {j}u] = c{s}_{g}_{e}_{j};
  //#end
  //#end
  //#end
  //#end
  var i = 0u;
  for (var s = 0u; s < 4u; s++) {
    for (var r = 0u; r < 8u; r++) {
      for (var j = 0u; j < QUADS; j++) {
        let at = firstColumn + ((lane ^ s) * QUADS + j) * 4u;
        if (row + r < sizes.m && at < sizes.n) { store((expert * sizes.m + row + r) * sizes.n + at, sizes.n - at, tile[i]); }
        i++;
      }
    }
  }
  if (firstColumn > 0u) { return; }
  if (row < sizes.m) { store_bias(expert * sizes.m + row, leftA0, sum0); }
  if (row + 4u < sizes.m) { store_bias(expert * sizes.m + row + 4u, leftA1, sum1); }
}
