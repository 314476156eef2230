// Command facts prints, as JSON, what the sources of each known release of Velero say: every flag of `velero server` and
// `velero node-agent server`, every metric of both, every key of the ConfigMaps that they read. Nothing of Velero is compiled.
//
// With arguments VERSION=FOLDER it reads those folders instead of the pinned releases.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"
	"strings"

	"cdk8s-velero.invalid/tools/velero"
)

// programs are the commands whose flags are wanted, with the file that registers them; the first that exists counts.
var programs = map[string][]string{
	"server":    {"pkg/cmd/server/config/config.go", "pkg/cmd/server/server.go"},
	"nodeAgent": {"pkg/cmd/cli/nodeagent/server.go"},
}

// persistent are the files that register the flags of every command.
var persistent = []string{"pkg/client/factory.go", "pkg/cmd/velero/velero.go"}

// Facts are those of one release, by program or ConfigMap.
type Facts struct {
	Flags      map[string][]Flag   `json:"flags"`
	Metrics    map[string][]Metric `json:"metrics"`
	ConfigMaps map[string][]Key    `json:"configMaps"`
}

func main() {
	log.SetFlags(0)
	releases, err := wanted(os.Args[1:])
	if err != nil {
		log.Fatal(err)
	}
	found := map[string]Facts{}
	for _, release := range releases {
		if found[release.Version], err = factsOf(release); err != nil {
			log.Fatalf("Velero %s: %v", release.Version, err)
		}
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	if err := encoder.Encode(found); err != nil {
		log.Fatal(err)
	}
}

func wanted(arguments []string) ([]velero.Release, error) {
	if len(arguments) == 0 {
		return velero.Releases()
	}
	var releases []velero.Release
	for _, argument := range arguments {
		version, dir, ok := strings.Cut(argument, "=")
		if !ok {
			return nil, fmt.Errorf("got %q, wanted VERSION=FOLDER", argument)
		}
		releases = append(releases, velero.Release{Version: version, Dir: dir})
	}
	return releases, nil
}

func factsOf(release velero.Release) (facts Facts, err error) {
	if facts.Flags, err = flagsOf(release); err != nil {
		return facts, err
	}
	if facts.Metrics, err = metrics(release.Dir); err != nil {
		return facts, err
	}
	facts.ConfigMaps, err = configMapKeys(release.Dir)
	return facts, err
}

func flagsOf(release velero.Release) (map[string][]Flag, error) {
	shared, err := klogFlags(release)
	if err != nil {
		return nil, err
	}
	for _, file := range persistent {
		flags, err := registered(release.Dir, file)
		if err != nil {
			return nil, err
		}
		shared = append(shared, flags...)
	}
	found := map[string][]Flag{}
	for program, files := range programs {
		own, err := registered(release.Dir, existing(release.Dir, files))
		if err != nil {
			return nil, err
		}
		found[program] = sorted(append(own, shared...))
	}
	return found, nil
}

// klogFlags are those of the logging library: Velero binds all of them to every command.
func klogFlags(release velero.Release) ([]Flag, error) {
	version, dir, err := release.Dependency("k8s.io/klog/v2")
	if err != nil {
		return nil, err
	}
	flags, err := registered(dir, "klog.go")
	for i := range flags {
		flags[i].Source = "k8s.io/klog/v2 " + version + " " + flags[i].Source
	}
	return flags, err
}
