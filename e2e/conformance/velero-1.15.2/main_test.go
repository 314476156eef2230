package main

import (
	"testing"

	"github.com/vmware-tanzu/velero/cdk8s-velero-conformance/releasetest"
)

func TestRelease(t *testing.T) {
	releasetest.Run(t, release)
}
