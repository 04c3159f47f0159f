"""Numba's dispatcher, without the work that compiled code of this model has no use for.

A function that other compiled code calls, such as a rule in a kernel, is inlined there. Numba makes machine code, two
wrappers and a cache file of its own for each such function and each combination of argument types, and a combination
for each constant that is passed. That took half of all compiling. Here a callee is typed and lowered to LLVM code, and
no more; constants count as integers. If Python code calls the function as well, it is compiled whole at that call.
Optimisation sees the same code in the kernel as before, so results are the same bits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numba
from numba import typeof, types
from numba.core import errors, registry, sigutils
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler
from numba.core.compiler_lock import global_compiler_lock
from numba.core.dispatcher import _FunctionCompiler  # type: ignore[attr-defined]
from numba.core.typing import make_concrete_template


class KernelLibrary(JITCodeLibrary):
    """LLVM code of one compiled function."""

    def _optimize_functions(self, ll_module: Any) -> None:
        """Optimise each function of a module. Numba does it for declared functions too, at a millisecond each."""
        ll_module.data_layout = self._codegen._data_layout
        for function in ll_module.functions:
            if not function.is_declaration:
                passes, builder = self._codegen._function_pass_manager()
                passes.run(function, builder)


class CalleeLibrary(KernelLibrary):
    """LLVM code that is linked into the code of callers. It is inlined, but never made into machine code."""

    def finalize(self) -> None:
        """Link what the function calls, and inline it."""
        self._raise_if_finalized()
        for library in dict.fromkeys(self._linking_libraries):
            self._reload_init.update(library._reload_init)
            self._final_module.link_in(library._get_module_for_linking(), preserve=True)
        passes, builder = self._codegen._module_pass_manager(loop_vectorize=False, slp_vectorize=False, opt=0,
                                                             cost="cheap")
        passes.run(self._final_module, builder)
        self._finalize_dynamic_globals()
        self._finalized = True


class KernelCompiler(Compiler):
    """Numba's compiler, with the libraries above."""

    def define_pipelines(self) -> list[Any]:
        """The passes of numba's compiler."""
        state = self.state
        kind = CalleeLibrary if state.flags.no_compile else KernelLibrary
        if state.library is None:
            state.library = kind(state.targetctx.codegen(), state.func_id.func_qualname)
            state.library.enable_object_caching()
        pipelines: list[Any] = super().define_pipelines()
        return pipelines


class CalleeCompiler(_FunctionCompiler):
    """Compiles a function to LLVM code that can be linked, and no further."""

    def _customize_flags(self, flags: Any) -> Any:
        flags.no_compile = flags.no_cpython_wrapper = flags.no_cfunc_wrapper = True
        return flags


TRIED_NUMBA = ((0, 63), (0, 68))
"""First and last version of numba whose compiler has been extended by these classes and gave the same bits."""


def is_numba_tried(version: str = numba.__version__) -> bool:
    """True if these classes fit a version of numba; any other compiles as it does itself."""
    first, last = TRIED_NUMBA
    found = version.split(".")[:2]
    return all(part.isdigit() for part in found) and first <= tuple(map(int, found)) <= last


KERNELS: list[KernelDispatcher] = []
"""The loops of all modules imported so far."""
compilation_listeners: list[Callable[[], None]] = []
"""Called each time this process has compiled a function whole."""
_depth = [0]
"""How many functions of the model are being compiled, each a callee of the one before. Under numba's lock."""


@contextmanager
def _enter_compilation() -> Iterator[bool]:
    """Yields True inside the compilation of another function."""
    _depth[0] += 1
    try:
        yield _depth[0] > 1
    finally:
        _depth[0] -= 1


def generalise_constant(kind: Any) -> Any:
    """The type of a constant or of a default value as an ordinary number; other types as they are."""
    if isinstance(kind, types.Omitted) and isinstance(kind.value, int):
        return typeof(kind.value)
    return types.unliteral(kind) if isinstance(kind, types.IntegerLiteral | types.BooleanLiteral) else kind


class KernelDispatcher(registry.CPUDispatcher):
    """A compiled function: whole when Python calls it, LLVM code to be inlined when compiled code does."""

    def __init__(self, py_func: Any, locals: Any = None, targetoptions: Any = None,
                 pipeline_class: Any = KernelCompiler) -> None:
        super().__init__(py_func, locals, targetoptions, pipeline_class)
        self._callee_compiler = CalleeCompiler(py_func, self.targetdescr, targetoptions, locals or {}, pipeline_class)
        self._callees: set[Any] = set()
        if self.targetoptions.get("nogil"):
            KERNELS.append(self)

    def is_cached(self) -> bool:
        """True if the cache holds the function compiled for some argument types."""
        file = getattr(self._cache, "_cache_file", None)
        return file is not None and Path(file._index_path).exists()

    def compile(self, sig: Any) -> Any:
        """The entry point for a signature, which inside another compilation is a token that numba's tables refer to."""
        with global_compiler_lock, _enter_compilation() as is_callee:
            args = tuple(sigutils.normalize_signature(sig)[0])
            if is_callee:
                return self._compile_callee(args)
            if args in self._callees:
                self._callees.remove(args)
                del self.overloads[args]
            known = args in self.overloads
            entry_point = super().compile(sig)
            if not known and self.overloads[args].metadata is not None:  # None: loaded from the cache
                self._set_environments(self.overloads[args])
                for report in compilation_listeners:
                    report()
            return entry_point

    def _compile_callee(self, args: Any) -> Any:
        if args not in self.overloads:
            token = object()
            result = self._callee_compiler.compile(args, None)._replace(entry_point=token)
            self.targetctx.insert_user_function(token, result.fndesc, [result.library])
            self.overloads[args] = result
            self._callees.add(args)
        return self.overloads[args].entry_point

    def _set_environments(self, result: Any) -> None:
        """Tell the code of a kernel where the environments of the functions inlined into it are."""
        for environment in result._find_referenced_environments():
            result.codegen.set_env(environment.env_name, environment)

    def get_call_template(self, args: Any, kws: Any) -> Any:
        """How compiled code calls this function, as numba asks for it; constants count as numbers if they can."""
        signature, folded = self._compiler.fold_argument_types(args, kws)
        general = tuple(map(generalise_constant, folded))
        try:
            self.compile(general)
        except errors.TypingError:
            general = tuple(folded)
            self.compile(general)
        template = make_concrete_template(f"CallTemplate({self.__name__})", key=self.__name__,
                                          signatures=[self.overloads[general].signature])
        return template, signature, general, {}
