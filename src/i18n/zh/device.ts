/** Chinese texts about the device that computes. */
import type { device as english } from '../en/device.ts';
import type { Translated } from '../translated.ts';

export const device: Translated<typeof english> = {
  starting: '正在启动计算引擎…',
  backend: '后端',
  adapter: '适配器',
  speed: '{{value}} 根/秒',
  memory: '显存',
  memoryHelp: '训练当前占用的设备内存。',
  features: '特性',
  tiles: '重型内核的分块方式',
  tilesChosen: {
    register: '寄存器分块（256³ 乘积实测：{{register}} 毫秒，工作组内存 {{workgroup}} 毫秒）',
    workgroup: '工作组内存分块（256³ 乘积实测：{{workgroup}} 毫秒，寄存器 {{register}} 毫秒）',
  },
  referenceNote: '{{operation}}：尺寸超出本设备内核的容量，改用参考运算（较慢）',
  maxBinding: '单个绑定的最大缓冲区',
  unknownAdapter: '浏览器未给出适配器名称',
  softwareTitle: '此处的 WebGPU 由 CPU 模拟',
  softwareBody:
    '浏览器只提供软件适配器（{{adapter}}），训练会比显卡慢几十到几百倍。如果电脑有显卡：在浏览器设置中开启“使用图形加速功能（如果可用）”，更新显卡驱动并重启浏览器。在当前环境下，建议使用“微型”预设。',
  webglTitle: '没有 WebGPU：使用 WebGL 训练',
  webglBody:
    '可以训练，但更慢。请使用新版 Chrome 或 Edge（Linux 需加启动参数 --enable-unsafe-webgpu --enable-features=Vulkan），通过 https:// 或 localhost 打开本页，并更新显卡驱动。',
  cpuTitle: '没有 GPU：使用 CPU 训练',
  cpuBody: '速度非常慢，只适合“微型”预设。请使用新版 Chrome 或 Edge 并开启图形加速，通过 https:// 或 localhost 打开本页。',
  webglWished: '使用 WebGL 训练',
  cpuWished: '使用 CPU 训练',
  webgpuWished: 'WebGPU',
  requested: '地址栏指定了此后端（{{backend}}）。去掉“backend=”即可使用最佳后端。',
};
