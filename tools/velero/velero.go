// Package velero finds the sources of the releases of Velero that the library knows.
package velero

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"cdk8s-velero.invalid/tools/modules"
)

const module = "github.com/vmware-tanzu/velero"

// pins are the newest patch of each minor, oldest first.
var pins = []modules.Pinned{
	{Version: "1.14.1", Sum: "h1:HYj73scn7ZqtfTanjW/X4W0Hn3w/qcfoRbrHCWM52iI="},
	{Version: "1.15.2", Sum: "h1:zB4nRgknByjFasZLb7XHU/OsQ+1fs9iaIL3yhzuIeMQ="},
	{Version: "1.16.2", Sum: "h1:Zhve1mKtX4n0oVhHwbEOsgB9fjKKwm96HJK4WaV/28o="},
	{Version: "1.17.2", Sum: "h1:U2C/j+iewacNA+f967PX++vw6+FG8O6o5aDyw3QjV9Y="},
	{Version: "1.18.3", Sum: "h1:9uwN5yxTWQl9PsF5ljX4xiG+7VIq3I9mxOQ0DyyZ31A="},
}

// Release is one release of Velero with the folder of its sources.
type Release struct {
	Version string
	Dir     string
}

// Releases downloads what is missing and refuses sources that are not the pinned ones.
func Releases() ([]Release, error) {
	folders, err := modules.Folders(module, pins)
	if err != nil {
		return nil, err
	}
	found := make([]Release, len(pins))
	for i, pin := range pins {
		found[i] = Release{Version: pin.Version, Dir: folders[i]}
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
	found, err := modules.Download(name + "@" + version)
	if err != nil {
		return "", "", err
	}
	if !strings.Contains(string(sums), name+" "+version+" "+found[0].Sum+"\n") {
		return "", "", fmt.Errorf("%s@%s: the sources have another sum than Velero's go.sum", name, version)
	}
	return version, found[0].Dir, nil
}
