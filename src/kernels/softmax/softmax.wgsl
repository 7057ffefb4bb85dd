// Softmax along rows of `length` values, one thread a row, and its backward dx = y·(dy − Σ dy·y).
// Constants: BACKWARD. Forward reads x from `first`; backward reads y from `first` and dy from `second`.
struct Sizes { rows: u32, length: u32, across: u32 }
@group(0) @binding(0) var<storage, read> first: array<f32>;         // [rows, length]
@group(0) @binding(1) var<storage, read> second: array<f32>;        // [rows, length]
@group(0) @binding(2) var<storage, read_write> result: array<f32>;  // [rows, length]
@group(0) @binding(3) var<uniform> sizes: Sizes;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let row = id.x + id.y * sizes.across;
  if (row >= sizes.rows) { return; }
  let start = row * sizes.length;
  let end = start + sizes.length;
  if (BACKWARD) {
    var sum = 0.0;
    for (var i = start; i < end; i++) { sum += first[i] * second[i]; }
    for (var i = start; i < end; i++) { result[i] = first[i] * (second[i] - sum); }
    return;
  }
  var top = first[start];
  for (var i = start + 1u; i < end; i++) { top = max(top, first[i]); }
  var sum = 0.0;
  for (var i = start; i < end; i++) {
    let power = exp(first[i] - top);
    result[i] = power;
    sum += power;
  }
  let scale = 1.0 / sum;
  for (var i = start; i < end; i++) { result[i] *= scale; }
}
