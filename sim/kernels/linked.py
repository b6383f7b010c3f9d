"""Parts become machine code together with the loop that calls them, and not before.

Numba makes machine code of every part, and again of every part that calls it: of four parts that call each other the
first is optimised four times, which takes more than half of the time. Python calls none of them, so that a part needs
no more than to be there when the loop is optimised as a whole.

In a part a place in an array counts from the start, and one from the end may not be written. Numba asks of each place
whether it is negative: that takes a quarter of the time of the events.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from numba import types
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import register_pass
from numba.core.typed_passes import NativeLowering
from numba.np import arrayobj
from numba.np.arrayobj import fix_integer_index


class Unfinished(JITCodeLibrary):
    """The code of a part and of those it calls, as it was written."""

    def add_llvm_module(self, ll_module):
        ll_module.data_layout = self._codegen._data_layout
        self._final_module.link_in(ll_module)

    def finalize(self):
        self._raise_if_finalized()
        for library in dict.fromkeys(self._linking_libraries):
            self._final_module.link_in(library._get_module_for_linking(), preserve=True)
        self._finalize_dynamic_globals()
        self._finalized = True


@register_pass(mutates_CFG=True, analysis_only=False)
class PartLowering(NativeLowering):
    """Lowering to code that loops are linked with."""

    _name = "part_lowering"

    def run_pass(self, state):
        state.library = Unfinished(state.targetctx.codegen(), state.func_id.func_qualname)
        state.flags.no_compile = True
        with _from_the_start():
            super().run_pass(state)
        # Loops find the code by a function in C, each by its own. Python gets an error from this one; it must read no
        # arguments, since it is handed those of the part.
        lowered = state["cr"]._replace(cfunc=set().pop)
        state.targetctx.insert_user_function(lowered.cfunc, lowered.fndesc, [state.library])
        state["cr"] = lowered
        return True


@contextmanager
def _from_the_start() -> Iterator[None]:
    """Places are taken as they are; nobody else compiles meanwhile, as Numba has a lock for that."""
    arrayobj.fix_integer_index = lambda context, builder, kind, place, _: context.cast(builder, place, kind, types.intp)
    try:
        yield
    finally:
        arrayobj.fix_integer_index = fix_integer_index


class PartCompiler(CompilerBase):
    """The passes of Numba but for the last that makes code."""

    def define_pipelines(self):
        passes = DefaultPassBuilder.define_nopython_pipeline(self.state)
        passes.passes = [(PartLowering if one is NativeLowering else one, why) for one, why in passes.passes]
        passes.finalize()
        return [passes]
