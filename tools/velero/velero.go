// Package velero finds the sources of the releases of Velero that the library knows.
package velero

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

const module = "github.com/vmware-tanzu/velero"

// releases are the newest patch of each minor, oldest first, each with the sum that go.sum would hold.
// Go keeps one version of a module in a go.sum that is tidy: that is why they stand here.
var releases = []Release{
	{Version: "1.14.1", sum: "h1:HYj73scn7ZqtfTanjW/X4W0Hn3w/qcfoRbrHCWM52iI="},
	{Version: "1.15.2", sum: "h1:zB4nRgknByjFasZLb7XHU/OsQ+1fs9iaIL3yhzuIeMQ="},
	{Version: "1.16.2", sum: "h1:Zhve1mKtX4n0oVhHwbEOsgB9fjKKwm96HJK4WaV/28o="},
	{Version: "1.17.2", sum: "h1:U2C/j+iewacNA+f967PX++vw6+FG8O6o5aDyw3QjV9Y="},
	{Version: "1.18.3", sum: "h1:9uwN5yxTWQl9PsF5ljX4xiG+7VIq3I9mxOQ0DyyZ31A="},
}

// Release is one release of Velero with the folder of its sources.
type Release struct {
	Version string
	Dir     string
	sum     string
}

// Releases downloads what is missing and refuses sources that are not the pinned ones.
// Where from is the configuration of the user: GOPROXY, GOSUMDB, GOFLAGS.
func Releases() ([]Release, error) {
	var modules []string
	for _, release := range releases {
		modules = append(modules, module+"@v"+release.Version)
	}
	got, err := download(modules...)
	if err != nil {
		return nil, err
	}
	dirs := map[string]string{}
	for _, one := range got {
		dirs[one.Version+" "+one.Sum] = one.Dir
	}

	found := make([]Release, len(releases))
	for i, release := range releases {
		dir, ok := dirs["v"+release.Version+" "+release.sum]
		if !ok {
			return nil, fmt.Errorf("%s@v%s: the sources have another sum than %s", module, release.Version, release.sum)
		}
		found[i] = Release{Version: release.Version, Dir: dir, sum: release.sum}
	}
	return found, nil
}

// Dependency downloads the release of a module that this release of Velero is built with; the sum is that of Velero's go.sum.
func (release Release) Dependency(name string) (version, dir string, err error) {
	content, err := os.ReadFile(filepath.Join(release.Dir, "go.mod"))
	if err != nil {
		return "", "", err
	}
	for _, line := range strings.Split(string(content), "\n") {
		if fields := strings.Fields(line); len(fields) > 1 && fields[0] == name {
			version = fields[1]
		}
	}
	if version == "" {
		return "", "", fmt.Errorf("go.mod does not require %s", name)
	}
	sums, err := os.ReadFile(filepath.Join(release.Dir, "go.sum"))
	if err != nil {
		return "", "", err
	}
	found, err := download(name + "@" + version)
	if err != nil {
		return "", "", err
	}
	if !strings.Contains(string(sums), name+" "+version+" "+found[0].Sum+"\n") {
		return "", "", fmt.Errorf("%s@%s: the sources have another sum than Velero's go.sum", name, version)
	}
	return version, found[0].Dir, nil
}

type downloaded struct{ Path, Version, Dir, Sum, Error string }

func download(modules ...string) ([]downloaded, error) {
	command := exec.Command("go", append([]string{"mod", "download", "-json"}, modules...)...)
	// Outside of any module, or Go would write the sums into the go.sum of the tools.
	command.Dir = os.TempDir()
	command.Env = append(os.Environ(), "GOWORK=off", "GO111MODULE=on")
	command.Stderr = os.Stderr
	// Go also exits with 1 when one module failed; the JSON says which and why.
	output, failed := command.Output()

	var found []downloaded
	decoder := json.NewDecoder(bytes.NewReader(output))
	for {
		var got downloaded
		if err := decoder.Decode(&got); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, fmt.Errorf("go mod download: %w", errors.Join(failed, err))
		}
		if got.Error != "" {
			return nil, fmt.Errorf("go mod download %s@%s: %s", got.Path, got.Version, got.Error)
		}
		found = append(found, got)
	}
	if failed != nil {
		return nil, fmt.Errorf("go mod download: %w", failed)
	}
	return found, nil
}
