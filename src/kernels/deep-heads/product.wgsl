// Products of both heads at once, for few rows: y[h] = a[h]·W[h]ᵀ + b[h], or where BACKWARD y[h] = a[h]·W[h], added over the heads where JOINED.
// W and b lie in `values` at their offsets. Each thread keeps 8 rows × 4 columns in registers; z is the head.
// Constants: BACKWARD, JOINED, and QUADS where inner and columns divide by four.
struct Sizes { rows: u32, inner: u32, columns: u32, stride: u32, weight0: u32, weight1: u32, bias0: u32, bias1: u32 }
//#if QUADS
@group(0) @binding(#) var<storage, read> a: array<vec4<f32>>;       // [2, rows, inner], or [rows, inner] for both where the stride is 0
@group(0) @binding(#) var<storage, read> values: array<vec4<f32>>;  // parameters
//#else
@group(0) @binding(#) var<storage, read> a: array<f32>;
@group(0) @binding(#) var<storage, read> values: array<f32>;
//#end
@group(0) @binding(#) var<storage, read_write> y: array<f32>;       // [2, rows, columns], or [rows, columns] where JOINED
@group(0) @binding(#) var<uniform> sizes: Sizes;

//#if QUADS
fn value(at: u32) -> f32 { return values[at / 4u][at % 4u]; }
//#else
fn value(at: u32) -> f32 { return values[at]; }
//#end

fn store(head: u32, row: u32, column: u32, sum: vec4<f32>, bias: vec4<f32>) {
  if (row >= sizes.rows) { return; }
  let at = (head * sizes.rows + row) * sizes.columns + column;
  let result = sum + bias;
  y[at] = result.x;
  if (column + 1u < sizes.columns) { y[at + 1u] = result.y; }
  if (column + 2u < sizes.columns) { y[at + 2u] = result.z; }
  if (column + 3u < sizes.columns) { y[at + 3u] = result.w; }
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let column = id.x * 4u;
  let row = id.y * 8u;
  if (column >= sizes.columns) { return; }
  // Rows and columns past the edge repeat the last one; their results are not stored.
  let last = sizes.columns - 1u;
  let c = min(vec4<u32>(column, column + 1u, column + 2u, column + 3u), vec4<u32>(last));
  //#repeat e 8
  var sum{e} = vec4<f32>();
  //#end
  //#if JOINED
  for (var head = 0u; head < 2u; head++) {
  //#else
  let head = id.z;
  {
  //#end
    let weight = select(sizes.weight1, sizes.weight0, head == 0u);
    //#repeat e 8
    let row{e} = head * sizes.stride + min(row + {e}u, sizes.rows - 1u) * sizes.inner;
    //#end
    //#if QUADS
    for (var k = 0u; k < sizes.inner; k += 4u) {
      //#if BACKWARD
      let at = (weight + k * sizes.columns + column) / 4u;
      let step = sizes.columns / 4u;
      let w = transpose(mat4x4<f32>(values[at], values[at + step], values[at + 2u * step], values[at + 3u * step]));
      //#else
      let at = (weight + column * sizes.inner + k) / 4u;
      let step = sizes.inner / 4u;
      let w = mat4x4<f32>(values[at], values[at + step], values[at + 2u * step], values[at + 3u * step]);
      //#end
      //#repeat e 8
      sum{e} += a[(row{e} + k) / 4u] * w;
      //#end
    }
    //#else
    for (var k = 0u; k < sizes.inner; k++) {
      //#if BACKWARD
      let at = weight + vec4<u32>(k * sizes.columns) + c;
      //#else
      let at = weight + c * sizes.inner + vec4<u32>(k);
      //#end
      let w = vec4<f32>(values[at.x], values[at.y], values[at.z], values[at.w]);
      //#repeat e 8
      sum{e} += a[row{e} + k] * w;
      //#end
    }
    //#end
  }
  //#if BACKWARD
  let bias = vec4<f32>();
  //#else
  let b = vec4<u32>(select(sizes.bias1, sizes.bias0, head == 0u)) + c;
  let bias = vec4<f32>(value(b.x), value(b.y), value(b.z), value(b.w));
  //#end
  //#if JOINED
  let head = 0u;
  //#end
  //#repeat e 8
  store(head, row + {e}u, column, sum{e}, bias);
  //#end
}
