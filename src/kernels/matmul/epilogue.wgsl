// What happens to a finished value of a product before it is stored: bias, then activation, or adding to what is there.
// Constants: BIAS, GELU, TANH, KEEP, ACCUMULATE.
fn finish(at: u32, column: u32, product: f32) {
  var value = product;
  //#if BIAS
  value += bias[column];
  //#end
  //#if KEEP
  kept[at] = value;
  //#end
  //#if GELU
  value = gelu(value);
  //#end
  //#if TANH
  value = tanh(clamp(value, -15.0, 15.0)); // some devices overflow far out, where it long is ±1
  //#end
  //#if ACCUMULATE
  value += c[at];
  //#end
  c[at] = value;
}
//#if SUM
fn finish_sum(at: u32, sum: f32) {
  //#if ACCUMULATE
  sums[at] += sum;
  //#else
  sums[at] = sum;
  //#end
}
//#end
