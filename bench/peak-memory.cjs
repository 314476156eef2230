process.on('exit', () => {
  if (process.env.BENCH_PEAK) {
    require('fs').appendFileSync(process.env.BENCH_PEAK, `${process.resourceUsage().maxRSS}\n`);
  }
});
