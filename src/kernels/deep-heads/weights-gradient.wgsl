// Gradients of one layer's parameters in both heads, written or added (ACCUMULATE) at their offsets in `gradient`; rows are added in order:
//   dW = dzᵀ·x, db = Σ dz, of the norm's weight Σ dn·x̂ and bias Σ dn; where LAST also those of the outputs behind it, dOᵀ·y and Σ dO.
// Each thread keeps 8×8 values of dW in registers; those at the first columns of W do the sums. z is the head.
// Constants: ACCUMULATE, LAST, OUTPUTS0, OUTPUTS1, and QUADS where width and inner divide by four.
struct Sizes {
  rows: u32, width: u32, inner: u32, stride: u32, weight0: u32, weight1: u32, bias0: u32, bias1: u32,
  gain0: u32, gain1: u32, shift0: u32, shift1: u32, last0: u32, last1: u32, lastBias0: u32, lastBias1: u32,
}
//#if QUADS
@group(0) @binding(#) var<storage, read> x: array<vec4<f32>>;           // [2, rows, inner], or [rows, inner] for both where the stride is 0
@group(0) @binding(#) var<storage, read> dz: array<vec4<f32>>;          // [2, rows, width]
@group(0) @binding(#) var<storage, read> dn: array<vec4<f32>>;          // [2, rows, width]
@group(0) @binding(#) var<storage, read> normal: array<vec4<f32>>;      // [2, rows, width]
//#if LAST
@group(0) @binding(#) var<storage, read> y: array<vec4<f32>>;           // [2, rows, width]
//#end
//#else
@group(0) @binding(#) var<storage, read> x: array<f32>;
@group(0) @binding(#) var<storage, read> dz: array<f32>;
@group(0) @binding(#) var<storage, read> dn: array<f32>;
@group(0) @binding(#) var<storage, read> normal: array<f32>;
//#if LAST
@group(0) @binding(#) var<storage, read> y: array<f32>;
//#end
//#end
//#if LAST
@group(0) @binding(#) var<storage, read> dOutputs0: array<f32>;         // [rows, OUTPUTS0]
@group(0) @binding(#) var<storage, read> dOutputs1: array<f32>;         // [rows, OUTPUTS1]
//#end
//#if QUADS
@group(0) @binding(#) var<storage, read_write> gradient: array<vec4<f32>>;
//#else
@group(0) @binding(#) var<storage, read_write> gradient: array<f32>;
//#end
@group(0) @binding(#) var<uniform> sizes: Sizes;

// Four values of a row; `left` of them lie behind the first, and past the edge one is repeated.
//#if QUADS
fn load_x(at: u32, left: u32) -> vec4<f32> { return x[at / 4u]; }
fn load_dz(at: u32, left: u32) -> vec4<f32> { return dz[at / 4u]; }
fn load_dn(at: u32, left: u32) -> vec4<f32> { return dn[at / 4u]; }
fn load_normal(at: u32, left: u32) -> vec4<f32> { return normal[at / 4u]; }
//#if LAST
fn load_y(at: u32, left: u32) -> vec4<f32> { return y[at / 4u]; }
//#end
//#else
fn load_x(at: u32, left: u32) -> vec4<f32> { return vec4<f32>(x[at], x[at + min(1u, left)], x[at + min(2u, left)], x[at + min(3u, left)]); }
fn load_dz(at: u32, left: u32) -> vec4<f32> { return vec4<f32>(dz[at], dz[at + min(1u, left)], dz[at + min(2u, left)], dz[at + min(3u, left)]); }
fn load_dn(at: u32, left: u32) -> vec4<f32> { return vec4<f32>(dn[at], dn[at + min(1u, left)], dn[at + min(2u, left)], dn[at + min(3u, left)]); }
fn load_normal(at: u32, left: u32) -> vec4<f32> {
  return vec4<f32>(normal[at], normal[at + min(1u, left)], normal[at + min(2u, left)], normal[at + min(3u, left)]);
}
//#if LAST
fn load_y(at: u32, left: u32) -> vec4<f32> { return vec4<f32>(y[at], y[at + min(1u, left)], y[at + min(2u, left)], y[at + min(3u, left)]); }
//#end
//#end

// Four values at `begin` of a stretch at `at`, as many as lie before `end`. Where QUADS all four: behind a stretch is a gap, which gets zeros.
fn put(at: u32, begin: u32, end: u32, values: vec4<f32>) {
  if (begin >= end) { return; }
  //#if QUADS
  //#if ACCUMULATE
  gradient[(at + begin) / 4u] += values;
  //#else
  gradient[(at + begin) / 4u] = values;
  //#end
  //#else
  put_one(at + begin, values.x);
  if (begin + 1u < end) { put_one(at + begin + 1u, values.y); }
  if (begin + 2u < end) { put_one(at + begin + 2u, values.z); }
  if (begin + 3u < end) { put_one(at + begin + 3u, values.w); }
  //#end
}
//#if QUADS
//#else
fn put_one(at: u32, value: f32) {
  //#if ACCUMULATE
  gradient[at] += value;
  //#else
  gradient[at] = value;
  //#end
}
//#end

// Sums over rows for four columns from `column` on.
fn column_sums(isFirst: bool, start: u32, column: u32) {
  let left = sizes.width - 1u - column;
  var biases = vec4<f32>();
  var gains = vec4<f32>();
  var shifts = vec4<f32>();
  for (var row = 0u; row < sizes.rows; row++) {
    let at = start + row * sizes.width + column;
    let d = load_dn(at, left);
    biases += load_dz(at, left);
    gains += d * load_normal(at, left);
    shifts += d;
  }
  put(select(sizes.bias1, sizes.bias0, isFirst), column, sizes.width, biases);
  put(select(sizes.gain1, sizes.gain0, isFirst), column, sizes.width, gains);
  put(select(sizes.shift1, sizes.shift0, isFirst), column, sizes.width, shifts);
}

//#if LAST
// 0 past the last output.
fn output_gradient(isFirst: bool, row: u32, output: u32) -> f32 {
  if (isFirst) { return select(0.0, dOutputs0[row * OUTPUTS0 + min(output, OUTPUTS0 - 1u)], output < OUTPUTS0); }
  return select(0.0, dOutputs1[row * OUTPUTS1 + min(output, OUTPUTS1 - 1u)], output < OUTPUTS1);
}

// Of the last layer: its weights at four columns from `column` on.
fn last_weights(isFirst: bool, start: u32, column: u32) {
  let outputs = select(OUTPUTS1, OUTPUTS0, isFirst);
  let weight = select(sizes.last1, sizes.last0, isFirst);
  for (var output = 0u; output < outputs; output++) {
    var sum = vec4<f32>();
    for (var row = 0u; row < sizes.rows; row++) {
      sum += output_gradient(isFirst, row, output) * load_y(start + row * sizes.width + column, sizes.width - 1u - column);
    }
    put(weight + output * sizes.width, column, sizes.width, sum);
  }
}

fn last_biases(isFirst: bool) {
  let outputs = select(OUTPUTS1, OUTPUTS0, isFirst);
  for (var output = 0u; output < outputs; output += 4u) {
    var sum = vec4<f32>();
    for (var row = 0u; row < sizes.rows; row++) {
      sum += vec4<f32>(
        output_gradient(isFirst, row, output),
        output_gradient(isFirst, row, output + 1u),
        output_gradient(isFirst, row, output + 2u),
        output_gradient(isFirst, row, output + 3u),
      );
    }
    put(select(sizes.lastBias1, sizes.lastBias0, isFirst), output, outputs, sum);
  }
}
//#end

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let across = (sizes.inner + 7u) / 8u;
  let column = id.x / across * 8u;
  let k = id.x % across * 8u;
  if (column >= sizes.width) { return; }
  let isFirst = id.z == 0u;
  let start = id.z * sizes.rows * sizes.width;
  // Past the edge the last value is repeated; what comes of it is not stored.
  let columnRight = min(column + 4u, (sizes.width - 1u) / 4u * 4u);
  let kRight = min(k + 4u, (sizes.inner - 1u) / 4u * 4u);
  //#repeat e 8
  var left{e} = vec4<f32>();
  var right{e} = vec4<f32>();
  //#end
  for (var row = 0u; row < sizes.rows; row++) {
    let atX = id.z * sizes.stride + row * sizes.inner;
    let atZ = start + row * sizes.width;
    let xLeft = load_x(atX + k, sizes.inner - 1u - k);
    let xRight = load_x(atX + kRight, sizes.inner - 1u - kRight);
    let low = load_dz(atZ + column, sizes.width - 1u - column);
    let high = load_dz(atZ + columnRight, sizes.width - 1u - columnRight);
    //#repeat e 4
    left{e} += low[{e}] * xLeft;
    right{e} += low[{e}] * xRight;
    //#end
    left4 += high[0] * xLeft; left5 += high[1] * xLeft; left6 += high[2] * xLeft; left7 += high[3] * xLeft;
    right4 += high[0] * xRight; right5 += high[1] * xRight; right6 += high[2] * xRight; right7 += high[3] * xRight;
  }
  let weight = select(sizes.weight1, sizes.weight0, isFirst) + column * sizes.inner;
  //#repeat e 8
  if (column + {e}u < sizes.width) {
    put(weight + {e}u * sizes.inner, k, sizes.inner, left{e});
    put(weight + {e}u * sizes.inner, k + 4u, sizes.inner, right{e});
  }
  //#end
  if (k > 0u) { return; }
  column_sums(isFirst, start, column);
  if (column + 4u < sizes.width) { column_sums(isFirst, start, column + 4u); }
  //#if LAST
  last_weights(isFirst, start, column);
  if (column + 4u < sizes.width) { last_weights(isFirst, start, column + 4u); }
  if (column == 0u) { last_biases(isFirst); }
  //#end
}
