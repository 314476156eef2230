// Package modules downloads the sources of Go modules, of more than one version of one.
package modules

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
)

// Downloaded is a module in Go's cache.
type Downloaded struct{ Path, Version, Dir, Sum, Error string }

// Download fetches what is missing of modules, each written as path@version.
// Where from is the configuration of the user: GOPROXY, GOSUMDB, GOFLAGS.
func Download(modules ...string) ([]Downloaded, error) {
	command := exec.Command("go", append([]string{"mod", "download", "-json"}, modules...)...)
	// Outside of any module, or Go would write the sums into the go.sum of the tools.
	command.Dir = os.TempDir()
	command.Env = append(os.Environ(), "GOWORK=off", "GO111MODULE=on")
	command.Stderr = os.Stderr
	// Go also exits with 1 when one module failed; the JSON says which and why.
	output, failed := command.Output()

	var found []Downloaded
	decoder := json.NewDecoder(bytes.NewReader(output))
	for {
		var got Downloaded
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

// Pinned is a version of a module with the sum that go.sum would hold.
// Go keeps one version of a module in a go.sum that is tidy: that is why such sums stand in source.
type Pinned struct{ Version, Sum string }

// Folders are the sources of pinned versions of a module, in their order. Sources with another sum are refused.
func Folders(module string, pins []Pinned) ([]string, error) {
	var wanted []string
	for _, pin := range pins {
		wanted = append(wanted, module+"@v"+pin.Version)
	}
	got, err := Download(wanted...)
	if err != nil {
		return nil, err
	}
	byPin := map[Pinned]string{}
	for _, one := range got {
		byPin[Pinned{one.Version, one.Sum}] = one.Dir
	}
	folders := make([]string, len(pins))
	for i, pin := range pins {
		folder, ok := byPin[Pinned{"v" + pin.Version, pin.Sum}]
		if !ok {
			return nil, fmt.Errorf("%s@v%s: the sources have another sum than %s", module, pin.Version, pin.Sum)
		}
		folders[i] = folder
	}
	return folders, nil
}
