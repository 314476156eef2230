import { equal, match } from 'assert/strict';
import { mkdirSync } from 'fs';
import { join } from 'path';
import { attempt } from '../command';
import { ownCommand } from '../own-command';

/**
 * A disk that is really full: the old file survives, nothing is left beside it, and the message says why.
 *
 * @param folder where a small file system is mounted, in a mount namespace of its own
 */
export async function survivesFullDisk(folder: string, certificateFile: string): Promise<void> {
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  const out = join(disk, 's3.yaml');
  const seal = ownCommand('seal', 's3', '--name', 'velero-s3', '--cert', certificateFile, '--out', out, '--replace').flat();
  const script = [
    'mount -t tmpfs -o size=64k none "$DISK"',
    'printf "accessKey=A\\nsecretKey=B\\n" | "$@"',
    'cp "$OUT" "$DISK.before"',
    'cat /dev/zero > "$DISK/filler" 2> /dev/null || true',
    'printf "accessKey=A\\nsecretKey=B\\n" | "$@" || echo "exit $?"',
    'cmp "$OUT" "$DISK.before" && ls -A "$DISK"',
  ].join(' && ');
  const { code, stdout, stderr } = await attempt('unshare', ['--mount', '--map-root-user', 'sh', '-c', script, 'sh', ...seal], {
    environment: { DISK: disk, OUT: out },
  });
  equal(code, 0, stderr);
  match(stderr, /--out got ".*s3\.yaml", wanted a file that can be written: the disk is full; nothing was written\n$/);
  match(stdout, /\nexit 1\nfiller\ns3\.yaml\n$/);
}
