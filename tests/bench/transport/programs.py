"""The programs of the benchmark under Wine: servers, and clients that do what they are told."""
import subprocess


class Failed(Exception):
    pass


class Program:
    """One of folder/*.exe in a role. It ends when its input does."""

    def __init__(self, folder, name, role, variant):
        self.title = f"{name} {role} {variant}"
        self.process = subprocess.Popen(["wine", f"{folder}/{name}.exe", role, variant], text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        if self._line() != "ready":
            raise Failed(f"{self.title} does not begin")

    def _line(self):
        line = self.process.stdout.readline()
        if not line:
            raise Failed(f"{self.title} has ended with status {self.process.wait()}")
        return line.strip()

    def tell(self, *words):
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        self.process.stdin.flush()

    def values(self):
        return [int(word) for word in self._line().split()]

    def run(self, operation, size, warm, count):
        self.tell("run", operation, size, warm, count)
        return self.values()

    def end(self):
        self.process.stdin.close()
        self.process.wait()


class Programs:
    """Servers and their clients, each started when it is first asked for."""

    def __init__(self, folder):
        self.folder = folder
        self.servers = {}
        self.clients = {}

    def clients_of(self, name, variant, count):
        key = (name, variant)
        if key not in self.servers:
            self.servers[key] = Program(self.folder, name, "serve", variant)
            self.clients[key] = []
        while len(self.clients[key]) < count:
            self.clients[key].append(Program(self.folder, name, "call", variant))
        return self.clients[key][:count]

    def client(self, name, variant):
        return self.clients_of(name, variant, 1)[0]

    def end(self):
        for clients in self.clients.values():
            for client in clients:
                client.end()
        for server in self.servers.values():
            server.end()
