// C = A·B as in register-tile.wgsl, for sizes that divide by four: each thread keeps (4·ROW_QUADS)×(4·QUADS) values of C in registers
// and takes K four at a time, so that each load brings four values. Bindings and constants as there, and ROW_QUADS, QUADS.
// SUM goes with TRANSPOSE_A only.
struct Sizes { m: u32, n: u32, k: u32, piece: u32 }
@group(0) @binding(#) var<storage, read> a: array<vec4<f32>>; // [batch, M, K], four along K; transposed [K, M], four along M
@group(0) @binding(#) var<storage, read> b: array<vec4<f32>>; // [batch, K, N], four along N; transposed [N, K], four along K
//#if BIAS
@group(0) @binding(#) var<storage, read> bias: array<f32>;
//#end
@group(0) @binding(#) var<storage, read_write> c: array<f32>;
//#if KEEP
@group(0) @binding(#) var<storage, read_write> kept: array<f32>;
//#end
//#if SUM
@group(0) @binding(#) var<storage, read_write> sums: array<f32>;
//#end
@group(0) @binding(#) var<uniform> sizes: Sizes;

fn store(at: u32, column: u32, values: vec4<f32>) {
  if (column >= sizes.n) { return; }
  finish(at, column, values.x);
  finish(at + 1u, column + 1u, values.y);
  finish(at + 2u, column + 2u, values.z);
  finish(at + 3u, column + 3u, values.w);
}

@compute @workgroup_size(ACROSS, DOWN)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let row = id.y * (4u * ROW_QUADS);
  let column = id.x * (4u * QUADS);
  if (row >= sizes.m || column >= sizes.n) { return; }
  //#if SPLIT
  let begin = id.z * sizes.piece;
  let end = min(begin + sizes.piece, sizes.k);
  let offsetA = 0u;
  let offsetB = 0u;
  //#else
  let begin = 0u;
  let end = sizes.k;
  let offsetA = id.z * sizes.m * (sizes.k / 4u);
  let offsetB = id.z * sizes.k * (sizes.n / 4u);
  //#end
  let lastRow = sizes.m - 1u;
  let lastColumn = sizes.n - 1u;
  let stepK = sizes.k / 4u;
  let stepM = sizes.m / 4u;
  let stepN = sizes.n / 4u;
  // Rows and columns past the edge repeat the last ones; their results are not stored. Row i is quad g, element e.
  //#repeat g ROW_QUADS
  let quad{g} = offsetA + min(row / 4u + {g}u, stepM - 1u);
  var sum{g} = vec4<f32>();
  //#repeat e 4
  let rowAt{g}_{e} = offsetA + min(row + {g}u * 4u + {e}u, lastRow) * stepK;
  //#repeat j QUADS
  var c{g}_{e}_{j} = vec4<f32>();
  //#end
  //#end
  //#end
  //#repeat j QUADS
  let columns{j} = min(column / 4u + {j}u, stepN - 1u);
  //#end
  for (var k = begin; k < end; k += 4u) {
    //#if TRANSPOSE_B
    //#repeat j QUADS
    let columnsOfB{j} = transpose(mat4x4<f32>(
      b[offsetB + (columns{j} * 4u) * stepK + k / 4u],
      b[offsetB + (columns{j} * 4u + 1u) * stepK + k / 4u],
      b[offsetB + (columns{j} * 4u + 2u) * stepK + k / 4u],
      b[offsetB + (columns{j} * 4u + 3u) * stepK + k / 4u],
    ));
    //#end
    //#end
    //#if TRANSPOSE_B
    //#else
    //#repeat j QUADS
    let columnsOfB{j} = mat4x4<f32>(
      b[offsetB + k * stepN + columns{j}],
      b[offsetB + (k + 1u) * stepN + columns{j}],
      b[offsetB + (k + 2u) * stepN + columns{j}],
      b[offsetB + (k + 3u) * stepN + columns{j}],
    );
    //#end
    //#end
    //#repeat g ROW_QUADS
    {
      //#if TRANSPOSE_A
      let rowsOfA = transpose(mat4x4<f32>(
        a[quad{g} + k * stepM],
        a[quad{g} + (k + 1u) * stepM],
        a[quad{g} + (k + 2u) * stepM],
        a[quad{g} + (k + 3u) * stepM],
      ));
      //#if SUM
      sum{g} += vec4<f32>(1.0) * rowsOfA;
      //#end
      //#end
      //#repeat e 4
      //#if TRANSPOSE_A
      let left{e} = rowsOfA[{e}];
      //#else
      let left{e} = a[rowAt{g}_{e} + k / 4u];
      //#end
      //#repeat j QUADS
      c{g}_{e}_{j} += columnsOfB{j} * left{e};
      //#end
      //#end
    }
    //#end
  }
  let offset = id.z * sizes.m * sizes.n;
  //#repeat g ROW_QUADS
  //#repeat e 4
  if (row + {g}u * 4u + {e}u <= lastRow) {
    let at = offset + (row + {g}u * 4u + {e}u) * sizes.n + column;
    //#repeat j QUADS
    store(at + {j}u * 4u, column + {j}u * 4u, c{g}_{e}_{j});
    //#end
    //#if SUM
    if (column == 0u) { finish_sum(id.z * sizes.m + row + {g}u * 4u + {e}u, sum{g}[{e}]); }
    //#end
  }
  //#end
  //#end
}
