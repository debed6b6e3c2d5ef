/** What of a turn says where it stands. */
export interface TurnNode {
  _id: string;
  /** Null at the beginning; absent where nobody said what the turn follows: then it follows what was said last before it. */
  parentTurnId?: string | null;
  regenerationOf: string | null;
  createdAt: Date;
}

/**
 * The turns of a conversation with their branches. Turns that follow the same turn are siblings: other messages in its place, or
 * other tries at the same message. Turns from before there were branches name no parent: each follows the newest try at the message
 * before it, and tries at one message stand side by side.
 */
export class TurnTree<Node extends TurnNode = TurnNode> {
  private readonly nodes: Map<string, Node>;
  /** Undefined where the parent is not among the nodes given. */
  private readonly parents = new Map<string, string | null | undefined>();
  private readonly end: string | null;

  /**
   * @param nodes oldest first
   * @param options.partial whether the nodes are only the newest ones, so that parents may be missing
   */
  constructor(nodes: readonly Node[], { partial = false }: { partial?: boolean } = {}) {
    this.nodes = new Map(nodes.map((node) => [node._id, node]));
    const missing = partial ? undefined : null;
    let last: Node | null = null;
    for (const node of nodes) {
      const { parentTurnId, regenerationOf } = node;
      const triedOnTheSide = parentTurnId === undefined && regenerationOf !== null;
      if (parentTurnId !== undefined) this.parents.set(node._id, parentTurnId === null || this.nodes.has(parentTurnId) ? parentTurnId : missing);
      else if (regenerationOf !== null) this.parents.set(node._id, this.parents.has(regenerationOf) ? this.parents.get(regenerationOf) : missing);
      else this.parents.set(node._id, last ? last._id : missing);
      if (!triedOnTheSide || (last && rootOf(last) === regenerationOf)) last = node;
    }
    this.end = last?._id ?? null;
  }

  has(turnId: string): boolean {
    return this.nodes.has(turnId);
  }

  /** The turn that it follows: null at the beginning, undefined where that is not among the nodes. */
  parentOf(turnId: string): string | null | undefined {
    return this.parents.get(turnId);
  }

  /** All that follow the same turn, itself among them, oldest first. */
  siblingsOf(turnId: string): Node[] {
    const parent = this.parents.get(turnId);
    return [...this.nodes.values()].filter(({ _id }) => this.parents.get(_id) === parent);
  }

  /** The last turn of the branch that the conversation is on: the chosen one, or where was spoken last. Null while nothing was said. */
  head(chosen?: string | null): string | null {
    return chosen && this.nodes.has(chosen) ? chosen : this.end;
  }

  /** The newest turn of those that come after this one on any branch; itself when none does. */
  newestEndOf(turnId: string): string {
    const below = new Set([turnId]);
    for (const { _id } of this.nodes.values()) {
      const parent = this.parents.get(_id);
      if (parent && below.has(parent)) below.add(_id);
    }
    return [...below].at(-1)!;
  }

  /** From the beginning to the turn. Begins later where a parent is missing. */
  pathTo(turnId: string): Node[] {
    const path: Node[] = [];
    const seen = new Set<string>();
    for (let at = this.nodes.get(turnId); at && !seen.has(at._id); at = this.nodes.get(this.parents.get(at._id) ?? '')) {
      seen.add(at._id);
      path.push(at);
    }
    return path.reverse();
  }
}

/** The first turn of the same message. */
function rootOf({ _id, regenerationOf }: TurnNode): string {
  return regenerationOf ?? _id;
}
