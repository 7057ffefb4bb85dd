// C = A·B as in register-tile.wgsl, for software adapters whose subgroups are four threads, and sizes that divide by four. What costs there is
// loading a value, so the four threads of a quad share: each loads 4·ROW_QUADS rows and 4·QUADS columns of its own, and the columns go round
// the quad, so that a quad keeps (16·ROW_QUADS)×(16·QUADS) values of C. K is taken four at a time, CHUNKS times in one turn of the loop,
// because every accumulator is written once a turn. Bindings and constants as there; ACROSS and DOWN count quads. SUM goes with TRANSPOSE_A only.
struct Sizes { m: u32, n: u32, k: u32, piece: u32 }
@group(0) @binding(#) var<storage, read> a: array<vec4<f32>>; // [batch, M, K], four along K; transposed [K, M], four along M
@group(0) @binding(#) var<storage, read> b: array<vec4<f32>>; // [batch, K, N], four along N; transposed [N, K], four along K
//#if BIAS
@group(0) @binding(#) var<storage, read> bias: array<vec4<f32>>;
//#end
@group(0) @binding(#) var<storage, read_write> c: array<vec4<f32>>;
//#if KEEP
@group(0) @binding(#) var<storage, read_write> kept: array<vec4<f32>>;
//#end
//#if SUM
@group(0) @binding(#) var<storage, read_write> sums: array<f32>;
//#end
@group(0) @binding(#) var<uniform> sizes: Sizes;

@compute @workgroup_size(4u * ACROSS * DOWN)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
  @builtin(subgroup_invocation_id) lane: u32,
) {
  let quad = local / 4u;
  let row = ((group.y * DOWN + quad / ACROSS) * 4u + lane) * (4u * ROW_QUADS);
  let firstColumn = (group.x * ACROSS + quad % ACROSS) * (16u * QUADS);
  let column = firstColumn + lane * (4u * QUADS);
  //#if SPLIT
  let begin = group.z * sizes.piece;
  let end = min(begin + sizes.piece, sizes.k);
  let offsetA = 0u;
  let offsetB = 0u;
  //#else
  let begin = 0u;
  let end = sizes.k;
  let offsetA = group.z * sizes.m * (sizes.k / 4u);
  let offsetB = group.z * sizes.k * (sizes.n / 4u);
  //#end
  let lastRow = sizes.m - 1u;
  let stepK = sizes.k / 4u;
  let stepM = sizes.m / 4u;
  let stepN = sizes.n / 4u;
  // Rows and columns past the edge repeat the last ones; their results are not stored. Row i of a thread is quad g, element e; `c` counts whose
  // columns: this thread's, or those of the neighbour across, down or diagonally. Sums start from the bias, which so is read once a column.
  //#repeat s 4
  //#repeat j QUADS
  //#if BIAS
  let bias{s}_{j} = bias[min(firstColumn / 4u + (lane ^ {s}u) * QUADS + {j}u, stepN - 1u)];
  //#else
  let bias{s}_{j} = vec4<f32>();
  //#end
  //#end
  //#end
  //#repeat g ROW_QUADS
  let rows{g} = offsetA + min(row / 4u + {g}u, stepM - 1u);
  var sum{g} = vec4<f32>();
  //#repeat e 4
  let rowAt{g}_{e} = offsetA + min(row + {g}u * 4u + {e}u, lastRow) * stepK;
  //#repeat j QUADS
  //#repeat s 4
  var c{s}_{g}_{e}_{j} = bias{s}_{j};
  //#end
  //#end
  //#end
  //#end
  //#repeat j QUADS
  let columns{j} = min(column / 4u + {j}u, stepN - 1u);
  //#end
  for (var turn = begin; turn < end; turn += 4u * CHUNKS) {
    //#repeat h CHUNKS
    {
      let k = turn + 4u * {h}u;
      //#repeat g ROW_QUADS
      //#if TRANSPOSE_A
      let a{g} = transpose(mat4x4<f32>(
        a[rows{g} + k * stepM],
        a[rows{g} + (k + 1u) * stepM],
        a[rows{g} + (k + 2u) * stepM],
        a[rows{g} + (k + 3u) * stepM],
      ));
      //#if SUM
      sum{g} += vec4<f32>(1.0) * a{g};
      //#end
      //#else
      let a{g} = mat4x4<f32>(a[rowAt{g}_0 + k / 4u], a[rowAt{g}_1 + k / 4u], a[rowAt{g}_2 + k / 4u], a[rowAt{g}_3 + k / 4u]);
      //#end
      //#end
      //#repeat j QUADS
      {
        //#if TRANSPOSE_B
        let b0 = transpose(mat4x4<f32>(
          b[offsetB + (columns{j} * 4u) * stepK + k / 4u],
          b[offsetB + (columns{j} * 4u + 1u) * stepK + k / 4u],
          b[offsetB + (columns{j} * 4u + 2u) * stepK + k / 4u],
          b[offsetB + (columns{j} * 4u + 3u) * stepK + k / 4u],
        ));
        //#else
        let b0 = mat4x4<f32>(
          b[offsetB + k * stepN + columns{j}],
          b[offsetB + (k + 1u) * stepN + columns{j}],
          b[offsetB + (k + 2u) * stepN + columns{j}],
          b[offsetB + (k + 3u) * stepN + columns{j}],
        );
        //#end
        let b1 = neighbour(b0, 1u);
        let b2 = neighbour(b0, 2u);
        let b3 = neighbour(b0, 3u);
        //#repeat g ROW_QUADS
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
  // Stored in a loop: written out, the epilogue is most of the program.
  let offset = group.z * sizes.m * stepN;
  var tile: array<vec4<f32>, 16u * ROW_QUADS * QUADS>;
  //#repeat s 4
  //#repeat g ROW_QUADS
  //#repeat e 4
  //#repeat j QUADS
  tile[(({s}u * ROW_QUADS + {g}u) * 4u + {e}u) * QUADS + {j}u] = c{s}_{g}_{e}_{j};
  //#end
  //#end
  //#end
  //#end
  var i = 0u;
  for (var s = 0u; s < 4u; s++) {
    let four = firstColumn / 4u + (lane ^ s) * QUADS;
    for (var r = 0u; r < 4u * ROW_QUADS; r++) {
      for (var j = 0u; j < QUADS; j++) {
        if (row + r <= lastRow && four + j < stepN) { finish(offset + (row + r) * stepN + four + j, four + j, tile[i]); }
        i++;
      }
    }
  }
  //#if SUM
  if (firstColumn == 0u) {
    //#repeat g ROW_QUADS
    //#repeat e 4
    if (row + {g}u * 4u + {e}u <= lastRow) { finish_sum(group.z * sizes.m + row + {g}u * 4u + {e}u, sum{g}[{e}]); }
    //#end
    //#end
  }
  //#end
}
