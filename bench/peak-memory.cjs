process.on('exit', () => {
  if (process.env.BENCH_PEAK) {
    require('fs').writeFileSync(process.env.BENCH_PEAK, String(process.resourceUsage().maxRSS));
  }
});
