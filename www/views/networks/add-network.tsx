// Adds a network: a control, a copy, or a small one to begin from.

import { useSignal } from "@preact/signals";

import type { LayerWord } from "../../pkg/mnist_cubic.js";
import { NEW_NETWORK } from "../../words/networks.js";
import { controlOf, copyOf, emptyOne, hasCustomLayer, type Network } from "./edit.js";

interface AddNetworkProps {
  networks: readonly Network[];
  words: readonly LayerWord[];
  add: (network: Network) => void;
}

export function AddNetwork({ networks, words, add }: AddNetworkProps) {
  const isOpen = useSignal(false);
  const custom = networks.find((network) => hasCustomLayer(network, words));
  const last = networks.at(-1);
  const choice = (name: string, network: Network) => (
    <button
      type="button"
      class="quiet"
      onClick={() => {
        isOpen.value = false;
        add(network);
      }}
    >
      {name}
    </button>
  );
  return (
    <div class="buttons add-network">
      <button
        type="button"
        aria-expanded={isOpen.value}
        onClick={() => (isOpen.value = !isOpen.value)}
      >
        Add a network
      </button>
      {isOpen.value && (
        <>
          {custom && choice(NEW_NETWORK.control(custom.name), controlOf(custom, words, networks))}
          {last && choice(NEW_NETWORK.copy(last.name), copyOf(last, networks))}
          {choice(NEW_NETWORK.empty, emptyOne(networks))}
        </>
      )}
    </div>
  );
}
